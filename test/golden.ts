import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `npm run golden` writes what differs, and removes what is stale; read what has changed before it is committed. */
const isUpdating = process.env.UPDATE_GOLDEN === '1';
const hint = '("npm run golden" takes what there is now)';

/** Holds what was made against the file at a path from the root of the repository. */
export function expectGolden(path: string, made: string | Uint8Array) {
  const file = join(root, path);
  if (isUpdating) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, made);
  }
  if (!existsSync(file)) expect.fail(`${path} is missing ${hint}`);
  const golden = readFileSync(file);
  if (Buffer.from(made).equals(golden)) return;
  const text = Buffer.from(made).toString();
  // Bytes that are no text can differ where the texts do not.
  const encoding = text === golden.toString() ? 'hex' : 'utf8';
  expect.soft(Buffer.from(made).toString(encoding), `${path} differs ${hint}`).toBe(golden.toString(encoding));
}

/** Nothing stands in a folder of golden files but these; a folder counts by its name. */
export function expectNothingStale(folder: string, names: readonly string[]) {
  const known = new Set(names);
  const stale = globSync('*', { cwd: join(root, folder) }).filter((name) => !known.has(name));
  if (isUpdating) for (const name of stale) rmSync(join(root, folder, name), { recursive: true });
  else expect.soft(stale, `${folder} has what nothing makes ${hint}`).toEqual([]);
}

/** Holds all files that were made against those in a folder. */
export function expectGoldenFolder(
  folder: string,
  made: readonly { readonly path: string; readonly contents: string | Uint8Array }[],
) {
  for (const { path, contents } of made) expectGolden(`${folder}/${path}`, contents);
  const names = new Map<string, Set<string>>([[folder, new Set()]]);
  for (const { path } of made) {
    const steps = `${folder}/${path}`.split('/');
    for (let at = folder.split('/').length; at < steps.length; at++) {
      const place = steps.slice(0, at).join('/');
      names.set(place, (names.get(place) ?? new Set()).add(steps[at] as string));
    }
  }
  for (const [place, found] of names) expectNothingStale(place, [...found]);
}
