import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from './cacheFolder.ts';

const home = join('/', 'home', 'ada');

test.each([
  ['TAPEGRAD_CACHE first', { TAPEGRAD_CACHE: '/here', XDG_CACHE_HOME: '/there' }, 'linux', '/here'],
  ['then XDG_CACHE_HOME', { XDG_CACHE_HOME: '/there' }, 'linux', join('/there', 'tapegrad')],
  ['then what is usual', {}, 'linux', join(home, '.cache', 'tapegrad')],
  ['on macOS', {}, 'darwin', join(home, 'Library', 'Caches', 'tapegrad')],
  ['on Windows', { LOCALAPPDATA: '/local' }, 'win32', join('/local', 'tapegrad', 'Cache')],
  ['on a bare Windows', {}, 'win32', join(home, 'AppData', 'Local', 'tapegrad', 'Cache')],
  ['and no empty variable', { TAPEGRAD_CACHE: '', XDG_CACHE_HOME: '' }, 'linux', join(home, '.cache', 'tapegrad')],
] as const)('the cache folder is %s', (_, environment, platform, wanted) => {
  expect(cacheFolder(environment, platform, home)).toBe(wanted);
});
