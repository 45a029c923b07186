import { spawnSync } from 'node:child_process';

/** Variables with which dotnet leaves nothing running, and nothing outside of a folder. */
export function dotnetEnvironment(folder: string) {
  return { MSBUILDDISABLENODEREUSE: '1', UseSharedCompilation: 'false', XDG_DATA_HOME: folder };
}

/** Whether dotnet runs a single file of C#, as it does from 10 on. */
export function runsSingleFiles(): boolean {
  const { error, stdout } = spawnSync('dotnet', ['--version'], { encoding: 'utf8' });
  return !error && Number.parseInt(stdout, 10) >= 10;
}
