/** One entry of a tar archive that is to be written. */
export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** The type of the entry. Default: `0`, a usual file. */
  readonly type?: string;
  /** The size that the header tells, when it is to lie. */
  readonly size?: string;
}

/** The bytes of a tar archive (ustar): the mirror image of `readTar`, for tests. */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const blocks = entries.flatMap(({ name, content, type = '0', size }) => {
    const header = new Uint8Array(512);
    const write = (at: number, text: string): void => header.set(new TextEncoder().encode(text), at);
    write(0, name);
    write(100, '0000644\0');
    write(124, size ?? `${content.length.toString(8).padStart(11, '0')}\0`);
    write(156, type);
    write(257, 'ustar\u000000');
    write(148, '        ');
    const sum = header.reduce((total, byte) => total + byte, 0);
    write(148, `${sum.toString(8).padStart(6, '0')}\0 `);
    const filled = new Uint8Array(Math.ceil(content.length / 512) * 512);
    filled.set(content);
    return [header, filled];
  });
  return Uint8Array.from([...blocks, new Uint8Array(1024)].flatMap((block) => [...block]));
}
