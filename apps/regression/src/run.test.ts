import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inProcess } from '../test/inProcess.ts';
import { run } from './run.ts';

const small = ['--count', '40', '--hidden', '6', '--steps', '60', '--learning-rate', '0.05'];

test('the text for a small problem', async () => {
  const { code, out, err } = await inProcess(...small, '--losses', 'l2,huber');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatchInlineSnapshot(`
    "y = sin x with noise 0.1: 40 points, 6 outliers. The same network of 6 hidden
    units, 60 steps of Adam under each loss, seed 1.
    ⣀⠤⠒ the fit   - the true curve   · a point   × an outlier   ▲ ▼ an outlier out
    of sight

          L2                                       Huber, δ = 1
     1.8 │      ▲                    ▲▲⠤⠒⠒⠒   1.8 │      ▲                    ▲▲
         │                         ⢀⠔⠁            │
         │                        ⢠⠊              │
         │                       ⢠⠃               │                       ·
         │                      ⢠⠃---             │                      ----⣀⣀⣀⣀⣀⣀⣀
         │                    -⢀⠎·  ---           │                    -⡠⠒⠊⠉⠉---
         │                  ---⡜      --          │                  -⢠⠊       --
     0.4 │                 -- ⡸        ---    0.4 │                 -⡰⠁         ---
         │                --·⡰⠁          --       │                -⡰⠁            --
         │               --·⡰⠁            -       │               -⡰⠁              -
         │·            ·-- ⡰⠁                     │·            ·-⡰⠁
         │--           --⢀⠎                       │--           ⢀⠔⠁
         │ --·       --⢀⠔⠁                        │ --·       ⢀⠔⠊
         │   --     ⣀⠤⠒⠁                          │⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒⠊⠁
    -1.0 │⠒⠒⠒⠒▼⠒⠒⠒⠉▼         ▼               -1.0 │    ▼----▼         ▼
         └─────────────────────────────────       └─────────────────────────────────
          -2.8                          3.1        -2.8                          3.1

               its mean  from the true          to the    to the   moved by  pull of
    fit under      loss     curve: RMS   most  inliers  outliers  them: RMS      one
    L2            2.551          0.628  1.767    0.415     3.810      0.573    9.2 ×
    Huber         0.581          0.248  0.877    0.176     4.166      0.136    5.7 ×

    L2, slope 2d: an outlier pulls 9.2 times as hard as another point; together the
      outliers have 62 % of the pull. They drag the fit away: 0.573 (RMS) from where
      it lies without them, most at x = 3.09, by 1.157. It ends 0.628 (RMS) from the
      true curve, 6.3 times the noise of 0.1.
    Huber, slope d, held between -1 and 1: an outlier pulls 5.7 times as hard as
      another point; together the outliers have 50 % of the pull. They bend the fit:
      0.136 (RMS) from where it lies without them, most at x = 3.09, by 0.269. It
      ends 0.248 (RMS) from the true curve, 2.5 times the noise of 0.1.

    Closest to the true curve is Huber (0.248), furthest from it L2 (0.628), 2.5
    times as far.
    "
  `);
  expect(await inProcess(...small, '--losses', 'huber,l2,l2')).toEqual({ code, out, err });
});

test('without outliers nothing is said of them', async () => {
  const { out } = await inProcess(...small, '--outliers', '0', '--losses', 'l1,log-cosh', '--data', 'line');
  expect(out).toContain('y = 2x + 1 with noise 0.1: 40 points, no outliers.');
  expect(out).toContain('Log-cosh, slope tanh d: the fit ends ');
  expect(out).not.toContain('pulls');
  expect(out).not.toContain('them');
});

describe('how wide the text is', () => {
  test.each([
    [20, 40, 1],
    [80, 80, 2],
    [120, 120, 2],
    [160, 160, 4],
    [1000, 200, 4],
  ])('%i columns', async (columns, most, panels) => {
    let out = '';
    const err = (text: string): void => expect.unreachable(text);
    const write = (text: string): void => {
      out += text;
    };
    await run([...small, '--steps', '1'], { out: write, err, columns });
    const lines = out.split('\n');
    const picture = lines.filter((line) => line.includes('│') || line.includes('└'));
    expect(picture.length).toBeGreaterThan(10);
    for (const line of picture) expect(line.length).toBeLessThanOrEqual(most);
    const axes = lines.find((line) => line.includes('└'));
    expect(axes?.match(/└/g)).toHaveLength(panels);
  });
});

test('the JSON has all numbers', async () => {
  const { code, out, err } = await inProcess(...small, '--format', 'json', '--losses', 'quantile', '--quantile', '.9');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { request, points, grid, trueCurve, losses, truth } = JSON.parse(out);
  expect(request).toMatchObject({ data: 'sine', losses: ['quantile'], quantile: 0.9, delta: 1, beta: 0.1 });
  expect(truth).toBe('y = sin x');
  expect([points.length, grid.length, trueCurve.length, losses.length]).toEqual([40, 201, 201, 1]);
  expect(losses[0]).toMatchObject({ name: 'quantile', slope: '-0.9 below the target, 0.1 above it' });
  expect(losses[0].curve).toHaveLength(201);
  expect(losses[0].pulls).toHaveLength(40);
});

test('--help lists every option', async () => {
  const { code, out, err } = await inProcess('--help');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const flags =
    'data count noise outliers distance losses delta beta quantile hidden steps learning-rate seed svg format';
  for (const flag of flags.split(' ')) expect(out).toMatch(new RegExp(`^  --${flag} `, 'm'));
});

describe('a wrong command line', () => {
  test.each([
    [['--losess', 'l2'], 'Did you mean --losses?'],
    [['--losses', 'l2,hubr'], 'There is no loss "hubr". Wanted some of l2, l1, huber'],
    [['--losses', ''], 'There is no loss ""'],
    [['--data', 'cosine'], 'Allowed choices are sine, line'],
    [['--count', '1'], 'Wanted a whole number from 2 to 100000'],
    [['--count', '10.5'], 'Wanted a whole number'],
    [['--noise', '-1'], 'Wanted a number of at least 0'],
    [['--outliers', '15'], 'Wanted a share from 0 to 1, such as 0.15'],
    [['--distance', 'far'], 'Wanted a number of at least 0'],
    [['--delta', ''], 'Wanted a number.'],
    [['--learning-rate', '0'], 'Wanted a number greater than 0'],
    [['--steps', '0'], 'Wanted a whole number from 1'],
    [['--seed', '-1'], 'Wanted a whole number of at least 0'],
    [['--hidden'], 'argument missing'],
    [['--format', 'svg'], 'Allowed choices are text, json'],
    [['sine'], 'too many arguments'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await inProcess(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});

describe('what cannot be done is one line, and code 1', () => {
  test.each([
    [['--delta', '0'], 'error: huber: --delta is 0; wanted a finite number greater than 0.'],
    [['--losses', 'quantile', '--quantile', '90'], 'error: quantile: --quantile is 90; '],
    [['--outliers', '1'], 'error: --outliers: a share of 1, which leaves 0 of 40 points that are none; '],
    [['--learning-rate', '1e30'], 'error: L2, step 2: the loss is Infinity; '],
  ])('%j', async (args, message) => {
    const { code, out, err } = await inProcess(...small, ...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.startsWith(message), err).toBe(true);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('--svg', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regression-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('writes the picture, and the text says where', async () => {
    const file = join(folder, 'fits.svg');
    const { code, out, err } = await inProcess(...small, '--svg', file);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.endsWith(`\nPicture: ${file}\n`)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(readdirSync(folder)).toEqual(['fits.svg']);
    const { out: json } = await inProcess(...small, '--svg', file, '--format', 'json');
    expect(JSON.parse(json).request.svg).toBe(file);
  });

  test('leaves nothing behind where it cannot', async () => {
    const { code, out, err } = await inProcess(...small, '--svg', folder);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /^error: --svg: .* cannot be written: E.*; wanted a file in a folder that can be written to\. Name another file\.\n$/,
    );
    expect(readdirSync(folder)).toEqual(['fits.svg']);
  });
});
