import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { isOwnFolder } from '../disk/own-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where compiled code is kept for the next run: a folder of the user's own, made where it is missing, in the one that NODE_COMPILE_CACHE names
 * or among the user's caches. Undefined where there is none that nobody else can write into, and with NODE_DISABLE_COMPILE_CACHE. Node's
 * default lies in the folder for temporary files, where whoever makes it first decides what code runs. Sources: XDG Base Directory
 * Specification; Node's documentation, "Module compile cache".
 */
export function compileCacheFolder(env: Environment, platform: NodeJS.Platform = process.platform): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE !== undefined) return undefined;
  const base = env.NODE_COMPILE_CACHE ? resolve(env.NODE_COMPILE_CACHE) : cachesOf(env, platform);
  const folder = base === undefined ? undefined : join(base, 'certflow');
  return folder !== undefined && isOwnFolder(folder) ? folder : undefined;
}

function cachesOf(env: Environment, platform: NodeJS.Platform): string | undefined {
  const named = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  // A relative one is to be passed over, says the specification.
  if (named && isAbsolute(named)) return named;
  const home = env.HOME ?? homedir();
  if (platform === 'win32' || !isAbsolute(home)) return undefined;
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
