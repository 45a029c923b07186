import { spawnSync } from 'node:child_process';
import { programNamed } from './program.ts';

/** Milliseconds, and bytes. A list of a million names is shorter, and there in less time. */
const limits = { timeout: 5000, maxBuffer: 200e6 };

/** Paths of the files in a folder, and below it, that git keeps, relative, with `/`. Undefined where there is no git, or it does not say. */
export function trackedFiles(folder: string): string[] | undefined {
  return listed(folder, ['--cached']);
}

/** The ids of the contents that git keeps of the files in a folder itself, by name. Undefined where there is no git, or it does not say. */
export function indexedBlobs(folder: string): ReadonlyMap<string, string> | undefined {
  const entries = listed(folder, ['--cached', '--stage']);
  return (
    entries &&
    new Map(
      entries.flatMap((entry): [string, string][] => {
        const [, id, path] = /^\d+ ([\da-f]+) \d\t([^/]+)$/.exec(entry) ?? [];
        return id === undefined || path === undefined ? [] : [[path, id]];
      }),
    )
  );
}

/**
 * What `git ls-files` lists. Only the index is read. What a repository's own configuration could have run or fetched by that is turned
 * off: `core.fsmonitor` names a program, and what a partial clone lacks comes from wherever it says. Sources: git's documentation,
 * "git-config" and "git-ls-files".
 */
function listed(folder: string, what: readonly string[]): string[] | undefined {
  const git = programNamed('git');
  if (git === undefined) return undefined;
  const settings = ['core.fsmonitor=false', 'protocol.allow=never'].flatMap((setting) => ['-c', setting]);
  const args = ['-C', folder, '--no-optional-locks', '--literal-pathspecs', ...settings, 'ls-files', '-z', ...what];
  // A hook of git has these, of its own repository.
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_PREFIX: ___, ...env } = process.env;
  const { status, stdout } = spawnSync(git, args, {
    ...limits,
    killSignal: 'SIGKILL',
    windowsHide: true,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...env, GIT_NO_LAZY_FETCH: '1' },
  });
  return status === 0 ? stdout.split('\0').filter((path) => path !== '') : undefined;
}
