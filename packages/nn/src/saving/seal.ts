/*
 * A file that holds its own SHA-256: the digest is that of the file with 64 zeros instead of it.
 */

const blank = '0'.repeat(64);

/** The bytes that `write` gives for their own digest. */
export async function seal(write: (digest: string) => Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return write(await digestOf(write(blank)));
}

/** Whether the digest that a file holds is its own. */
export async function unseal(bytes: Uint8Array, digest: string): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(digest)) return false;
  const index = indexOf(bytes, new TextEncoder().encode(digest));
  const copy = bytes.slice();
  copy.fill(blank.charCodeAt(0), index, index + digest.length);
  return (await digestOf(copy)) === digest;
}

/** Where `text` begins in `bytes`; it does stand there, for it was read from them. */
function indexOf(bytes: Uint8Array, text: Uint8Array): number {
  for (let start = bytes.indexOf(text[0]); start >= 0; start = bytes.indexOf(text[0], start + 1)) {
    if (text.every((byte, index) => bytes[start + index] === byte)) return start;
  }
  return 0;
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
