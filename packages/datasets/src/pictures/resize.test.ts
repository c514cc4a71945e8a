import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resized, sizeOf } from './resize.ts';

/** torch.nn.functional.interpolate(x, size, mode='bilinear', antialias=True) of PyTorch 2.13, in float32. */
const cases = [
  {
    picture: {
      height: 5,
      width: 7,
      channels: 3,
      data: Uint8Array.of(
        172,
        197,
        53,
        47,
        254,
        133,
        117,
        79,
        38,
        192,
        175,
        232,
        67,
        192,
        244,
        251,
        82,
        17,
        195,
        99,
        79,
        103,
        216,
        132,
        9,
        177,
        105,
        211,
        243,
        42,
        21,
        29,
        186,
        242,
        147,
        31,
        36,
        147,
        120,
        87,
        142,
        1,
        70,
        167,
        65,
        216,
        32,
        231,
        88,
        193,
        169,
        140,
        9,
        57,
        58,
        185,
        35,
        193,
        127,
        102,
        230,
        32,
        119,
        39,
        31,
        11,
        87,
        202,
        174,
        174,
        244,
        82,
        88,
        151,
        91,
        81,
        163,
        128,
        165,
        254,
        142,
        25,
        203,
        99,
        77,
        114,
        53,
        72,
        183,
        140,
        9,
        28,
        121,
        148,
        34,
        170,
        115,
        128,
        84,
        208,
        128,
        203,
        243,
        164,
        68,
      ),
    },
    size: [3, 3] as const,
    wanted: [
      97.735, 199.969, 91.388, 130.454, 141.521, 143.403, 151.622, 126.031, 75.204, 114.54, 142.619, 131.841, 115.353,
      125.007, 97.804, 141.905, 138.944, 92.524, 72.378, 135.765, 101.092, 108.504, 118.613, 124.294, 156.184, 173.184,
      126.867,
    ],
  },
  {
    picture: {
      height: 4,
      width: 4,
      channels: 1,
      data: Uint8Array.of(6, 196, 47, 127, 244, 131, 204, 100, 180, 232, 78, 143, 148, 227, 186, 23),
    },
    size: [7, 9] as const,
    wanted: [
      6.0, 37.667, 122.111, 187.722, 121.5, 55.278, 78.111, 113.667, 127.0, 91.0, 104.631, 140.98, 168.913, 137.929,
      106.944, 108.627, 114.976, 117.357, 227.0, 211.774, 171.171, 138.817, 164.214, 189.611, 157.452, 117.071, 101.929,
      212.0, 206.917, 193.361, 179.25, 161.25, 143.25, 133.417, 124.75, 121.5, 177.714, 186.702, 210.671, 223.536,
      158.679, 93.821, 104.659, 126.309, 134.429, 159.429, 170.988, 201.813, 224.266, 188.107, 151.948, 115.706, 79.452,
      65.857, 148.0, 161.167, 196.278, 224.722, 206.5, 188.278, 122.611, 50.167, 23.0,
    ],
  },
  {
    picture: {
      height: 9,
      width: 6,
      channels: 1,
      data: Uint8Array.of(
        207,
        141,
        117,
        85,
        48,
        49,
        69,
        169,
        163,
        192,
        95,
        197,
        94,
        0,
        113,
        178,
        36,
        162,
        48,
        93,
        131,
        98,
        42,
        205,
        112,
        231,
        149,
        201,
        127,
        0,
        138,
        114,
        43,
        186,
        127,
        23,
        187,
        130,
        121,
        98,
        62,
        163,
        222,
        123,
        195,
        82,
        174,
        227,
        148,
        209,
        50,
        155,
        14,
        41,
      ),
    },
    size: [4, 8] as const,
    wanted: [
      125.257, 124.971, 128.968, 137.607, 147.764, 97.136, 91.725, 135.029, 78.122, 94.555, 114.128, 132.915, 148.5,
      97.287, 94.415, 143.439, 149.39, 146.098, 127.75, 107.396, 148.994, 127.802, 97.409, 74.878, 187.514, 168.032,
      145.093, 124.589, 114.068, 99.725, 112.025, 145.114,
    ],
  },
];

describe('resized', () => {
  test.each(cases)("is PyTorch's bilinear with antialias, rounded: case %#", ({ picture, size, wanted }) => {
    const small = resized(picture, size);
    expect([small.height, small.width, small.channels]).toEqual([...size, picture.channels]);
    expect(small.data).toHaveLength(wanted.length);
    for (const [at, value] of wanted.entries()) expect(Math.abs(small.data[at] - value)).toBeLessThanOrEqual(0.501);
  });

  test('leaves a picture of that size alone, and one colour one colour', () => {
    const picture = { height: 2, width: 3, channels: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect(resized(picture, [2, 3])).toBe(picture);
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, side, side, fc.nat(255), fc.boolean(), (height, width, rows, columns, value, isCut) => {
        const plain = { height, width, channels: 1, data: new Uint8Array(height * width).fill(value) };
        const { data } = resized(plain, [rows, columns], isCut ? 'cover' : 'stretch');
        expect(data).toEqual(new Uint8Array(rows * columns).fill(value));
      }),
    );
  });

  test('cuts off both sides equally, when it is to cover', () => {
    const wide = { height: 1, width: 4, channels: 1, data: Uint8Array.of(10, 20, 30, 40) };
    expect([...resized(wide, [2, 4], 'cover').data]).toEqual([18, 23, 28, 33, 18, 23, 28, 33]);
    expect([...resized(wide, [2, 4]).data]).toEqual([10, 20, 30, 40, 10, 20, 30, 40]);
  });
});

test.each([0, 1.5, [2], [2, 3, 4], [0, 3], '32', undefined])('a size of %j is refused', (size) => {
  expect(() => sizeOf(size as never, 'imageFolder')).toThrow(
    `imageFolder: size is ${JSON.stringify(size)}; wanted a whole number`,
  );
});
