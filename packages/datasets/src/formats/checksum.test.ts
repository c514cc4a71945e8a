import { afterEach, expect, test, vi } from 'vitest';
import { checkSha256, sha256 } from './checksum.ts';

const abc = Uint8Array.of(0x61, 0x62, 0x63);
/** From the examples that NIST publishes beside FIPS 180-4. */
const shaOfAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the SHA-256 of "abc" is the published one', async () => {
  expect(await sha256(abc)).toBe(shaOfAbc);
});

test('the right content passes', async () => {
  await expect(checkSha256(abc, { name: 'abc', sha256: shaOfAbc })).resolves.toBeUndefined();
});

test('another content is an error that shows both sums', async () => {
  const checking = checkSha256(abc.subarray(1), { name: 'some-file', sha256: shaOfAbc });
  await expect(checking).rejects.toMatchObject({ name: 'ChecksumError', code: 'CHECKSUM' });
  await expect(checking).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ChecksumError: some-file: the content has the SHA-256 1e0bbd6c686ba050b8eb03ffeedc64fdc9d80947fce821abbe5d6dc8d252c5ac; wanted ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad. Fetch the file again, or check that it belongs to this dataset.]`,
  );
});

test('where browsers withhold the hash, the error says why', async () => {
  vi.stubGlobal('crypto', {});
  await expect(sha256(abc)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ChecksumError: sha256: no crypto.subtle here; wanted Web Cryptography, to check what is read. Serve the page over https or from localhost.]`,
  );
});
