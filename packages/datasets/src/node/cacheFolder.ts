import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkSurplus } from '@tapegrad/core/authors';

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder in which tapegrad keeps what it has downloaded.
 *
 * `TAPEGRAD_CACHE` when that is set; otherwise `tapegrad` in the user's cache folder: `XDG_CACHE_HOME` when that is set,
 * else what is usual on the system (`~/.cache`, `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows). An empty
 * variable counts as not set (XDG Base Directory Specification).
 *
 * @example cacheFolder({ TAPEGRAD_CACHE: '/data' }) // "/data"
 */
export function cacheFolder(
  environment: Environment = process.env,
  platform: string = process.platform,
  home?: string,
  ...surplus: []
): string {
  checkSurplus('cacheFolder', surplus);
  if (environment.TAPEGRAD_CACHE) return environment.TAPEGRAD_CACHE;
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, 'tapegrad');
  // Asked for only now: homedir() throws where a system has no home for the user.
  const house = home ?? homedir();
  if (platform === 'darwin') return join(house, 'Library', 'Caches', 'tapegrad');
  if (platform === 'win32') {
    return join(environment.LOCALAPPDATA || join(house, 'AppData', 'Local'), 'tapegrad', 'Cache');
  }
  return join(house, '.cache', 'tapegrad');
}
