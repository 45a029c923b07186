import { globSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../src/azure/', import.meta.url));

/** What the requests of all services go through: whoever sends one calls these. */
const plumbing = ['ask', 'attempt', 'needing', 'rest', 'wait', 'when-replicated'];

/** The functions of src/azure that send requests, as `file function`, with their text. */
export function requestFunctions(): Map<string, string> {
  const files = globSync('*.ts', { cwd: folder }).filter((file) => !plumbing.includes(basename(file, '.ts')));
  return new Map(
    files.flatMap((file) =>
      readFileSync(folder + file, 'utf8')
        .split(/\n(?=export )/)
        .flatMap((text): [string, string][] => {
          const [, name] = /^export (?:async )?function (\w+)(?:<\w+>)?\(\s*azure: Azure,?[\s\S]*?\): Promise</.exec(text) ?? [];
          return name === undefined ? [] : [[`${basename(file, '.ts')} ${name}`, text]];
        }),
    ),
  );
}

/** The functions of src/azure that are called while something runs in this process, by what V8 counts. */
export async function calledDuring(run: () => Promise<unknown>): Promise<Set<string>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  try {
    await run();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return new Set(
      result.flatMap(({ url, functions }) => {
        const [, file] = /\/src\/azure\/([\w-]+)\.ts$/.exec(url) ?? [];
        return file === undefined
          ? []
          : functions.flatMap(({ functionName, ranges }) => (ranges[0]?.count ? [`${file} ${functionName}`] : []));
      }),
    );
  } finally {
    session.disconnect();
  }
}
