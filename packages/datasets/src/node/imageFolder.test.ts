import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onWarning, type Warning } from '@tapegrad/core';
import { encode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporaryFolder.ts';
import { imageFolder } from './imageFolder.ts';

const grey = (...data: number[]): Uint8Array =>
  encode({ width: 2, height: 1, channels: 1, data: Uint8Array.from(data) });
const colour = (...data: number[]): Uint8Array =>
  encode({ width: 2, height: 1, channels: 3, data: Uint8Array.from(data) });

/** A folder with these files, by their paths. */
async function folderOf(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return folder;
}
const refusal = async (folder: string, options?: Parameters<typeof imageFolder>[1]): Promise<string> => {
  const error: unknown = await imageFolder(folder, options).catch((reason: unknown) => reason);
  return error instanceof Error ? `${error.name}: ${error.message.replaceAll(folder, '<folder>')}` : 'no error';
};

let warnings: Warning[] = [];
let silent = (): void => {};
beforeEach(() => {
  warnings = [];
  silent = onWarning((warning) => warnings.push(warning));
});
afterEach(() => silent());

describe('imageFolder counts', () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff);

  test('in a warning what it passes over though it looks as if it were meant', async () => {
    const folder = await folderOf({
      'a/1.png': grey(1, 2),
      'a/2.gif': jpeg,
      'a/3.TIFF': jpeg,
      'a/notes.txt': jpeg,
      'a/more/4.png': grey(3, 4),
      'b/5.png': grey(5, 6),
      'b/6.webp': jpeg,
      '7.png': grey(7, 8),
    });
    expect((await imageFolder(folder)).labels.size).toBe(2);
    expect(warnings.map(({ code, operation }) => [code, operation])).toEqual([
      ['SKIPPED_PICTURES', `imageFolder: ${folder}`],
    ]);
    expect(warnings[0].message).toMatchInlineSnapshot(
      `"passed over 1 picture outside of the classes' folders (7.png) and 3 pictures of another format than PNG and JPEG (the first is 2.gif) and 1 folder inside of a class's (more), and read 2 pictures. Move them into the folder of their class. Convert them to PNG or JPEG. Move what is in them one folder up."`,
    );
  });

  test('nothing where there is nothing but notes beside the pictures', async () => {
    await imageFolder(await folderOf({ 'a/1.png': grey(1, 2), 'a/notes.txt': jpeg, 'readme.md': jpeg }));
    expect(warnings).toEqual([]);
  });

  test('what there is instead, where a class has no pictures that are read', async () => {
    expect(await refusal(await folderOf({ 'a/1.gif': jpeg, 'a/2.webp': jpeg }))).toMatchInlineSnapshot(
      `"MissingFileError: imageFolder: <folder>/a: no PNG or JPEG pictures in it, but 2 pictures of another format than PNG and JPEG (the first is 1.gif); wanted the pictures of a class. Convert them to PNG or JPEG."`,
    );
    expect(await refusal(await folderOf({ '1.jpg': jpeg }))).toMatchInlineSnapshot(
      `"MissingFileError: imageFolder: <folder>: no folders in it, but 1 picture outside of the classes' folders (1.jpg); wanted a folder for each class. Move them into the folder of their class."`,
    );
  });
});

describe('imageFolder reads', () => {
  test('classes and pictures in the order of their names, and passes over everything else', async () => {
    const folder = await folderOf({
      'zebra/b.png': grey(5, 6),
      'zebra/a.PNG': grey(3, 4),
      'ant/1.png': grey(1, 2),
      'ant/notes.txt': Uint8Array.of(1),
      'ant/.hidden.png': Uint8Array.of(1),
      '.git/x.png': Uint8Array.of(1),
      'readme.png': Uint8Array.of(1),
    });
    const { images, labels, classes, name } = await imageFolder(folder);
    expect([classes, name]).toEqual([['ant', 'zebra'], folder]);
    expect(images.shape).toEqual([3, 1, 1, 2]);
    expect([...images.data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...labels.data]).toEqual([0, 1, 1]);
  });

  test('grey beside colour as colour, plane by plane', async () => {
    const { images } = await imageFolder(
      await folderOf({ 'a/1.png': grey(7, 8), 'b/2.png': colour(1, 2, 3, 4, 5, 6) }),
    );
    expect(images.shape).toEqual([2, 3, 1, 2]);
    expect([...images.data]).toEqual([7, 8, 7, 8, 7, 8, 1, 4, 2, 5, 3, 6]);
  });

  test('pictures that are not opaque over a background', async () => {
    const clear = encode({ width: 2, height: 1, channels: 2, data: Uint8Array.of(200, 0, 200, 51) });
    const folder = await folderOf({ 'a/1.png': clear });
    expect([...(await imageFolder(folder)).images.data]).toEqual([0, 40]);
    expect([...(await imageFolder(folder, { background: 100 })).images.data]).toEqual([100, 120]);
  });

  test('through links that stay inside', async () => {
    const folder = await folderOf({ 'a/1.png': grey(1, 2) });
    await symlink(join(folder, 'a'), join(folder, 'b'));
    expect((await imageFolder(folder)).classes).toEqual(['a', 'b']);
  });

  test('a class called __proto__ like any other', async () => {
    const { classes } = await imageFolder(await folderOf({ '__proto__/1.png': grey(1, 2) }));
    expect(classes).toEqual(['__proto__']);
  });
});

describe('imageFolder refuses', () => {
  test('a picture of another size, and names it', async () => {
    const odd = encode({ width: 1, height: 2, channels: 1, data: Uint8Array.of(1, 2) });
    expect(await refusal(await folderOf({ 'a/1.png': grey(1, 2), 'b/odd.png': odd }))).toMatchInlineSnapshot(
      `"PictureError: <folder>/b/odd.png: 1×2 pixels; wanted 2×1 pixels, as <folder>/a/1.png has. Pass a size to bring all pictures to, or take it out of the folder."`,
    );
  });

  test('a damaged picture, and names it', async () => {
    expect(await refusal(await folderOf({ 'a/1.png': grey(1, 2), 'a/2.png': grey(1, 2).subarray(0, 40) }))).toContain(
      'PngError: <folder>/a/2.png: the file ends',
    );
  });

  test('links that lead out, of folders and of pictures, and those that lead nowhere', async () => {
    const outside = await folderOf({ 'secret/1.png': grey(1, 2) });
    const folder = await folderOf({ 'a/1.png': grey(1, 2) });
    await symlink(join(outside, 'secret'), join(folder, 'b'));
    expect(await refusal(folder)).toMatchInlineSnapshot(
      `"MissingFileError: imageFolder: <folder>/b: a link that leads out of the folder; wanted links inside of it. Check the path and who may read it."`,
    );
    const other = await folderOf({ 'a/1.png': grey(1, 2) });
    await symlink(join(outside, 'secret', '1.png'), join(other, 'a', '2.png'));
    expect(await refusal(other)).toContain('a link that leads out of the folder');
    const third = await folderOf({ 'a/1.png': grey(1, 2) });
    await symlink('nowhere', join(third, 'a', '2.png'));
    expect(await refusal(third)).toContain('a link that leads out of the folder');
  });

  test.skipIf(process.platform === 'win32')('to wait for a pipe that is called like a picture', async () => {
    const folder = await folderOf({ 'a/1.png': grey(1, 2) });
    execFileSync('mkfifo', [join(folder, 'a', '2.png')]);
    expect((await imageFolder(folder)).labels.size).toBe(1);
  });

  test('what is not there, has no classes or no pictures, or is too much', async () => {
    const folder = await folderOf({ 'a/1.png': grey(1, 2) });
    expect(await refusal(join(folder, 'x'))).toContain('it cannot be read (ENOENT)');
    expect(await refusal(join(folder, 'a'))).toContain(
      "no folders in it, but 1 picture outside of the classes' folders (1.png); wanted a folder for each class",
    );
    expect(await refusal(folder, { mostPixels: 1 })).toContain('a picture of 2×1 pixels; wanted at most 1 pixels');
    expect(await refusal(folder, { mostNumbers: 5 })).toContain('too many pictures to be held in memory');
    await mkdir(join(folder, 'b'));
    expect(await refusal(folder)).toContain('no PNG or JPEG pictures in it; wanted the pictures of a class');
    expect(await refusal(folder, { background: 256 })).toContain('background is 256; wanted a number from 0 to 255');
    for (let label = 0; label < 257; label++) await mkdir(join(folder, `c${label}`));
    expect(await refusal(folder)).toContain('259 folders in <folder>; wanted at most 256 classes');
  });
});
