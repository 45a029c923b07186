// `npm run new rule|format|command <name>`: makes a small working example of the kind, with its page and its tests, and writes it into
// the lists that name it. CONTRIBUTING.md says what each file is for.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Addition } from './new/addition.ts';
import { newCommand } from './new/command.ts';
import { newFormat } from './new/format.ts';
import { newRule } from './new/rule.ts';

const kinds: Readonly<Record<string, (name: string, option?: string) => Addition>> = {
  rule: newRule,
  format: newFormat,
  command: newCommand,
};
const usage = 'npm run new rule <name> [folder] | npm run new format <name> | npm run new command <name>';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  const [kind = '', name = '', option] = process.argv.slice(2);
  const make = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!make) throw new Error(`there is no kind "${kind}": ${usage}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(`"${name}" is no name: write small letters, and - between words (${usage})`);
  add(make(name, option));
} catch (error) {
  console.error(`error: ${(error as Error).message}`);
  process.exitCode = 2;
}

function add({ files, lists, golden, next }: Addition) {
  const there = Object.keys(files).filter((path) => existsSync(path));
  if (there.length > 0) throw new Error(`${there.join(', ')} is there already`);
  // Every place is found before the first file is written.
  const changed = new Map<string, string>();
  for (const { path, after, line } of lists)
    changed.set(path, insert(path, changed.get(path) ?? readFileSync(path, 'utf8'), after, line));
  for (const [path, text] of [...Object.entries(files), ...changed]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const code = [...Object.keys(files), ...changed.keys()].filter((path) => path.endsWith('.ts'));
  node('node_modules/@biomejs/biome/bin/biome', 'check', '--write', '--log-level=error', ...code);
  if (!existsSync('src/generated')) node('scripts/compile.ts');
  node('scripts/docs.ts');
  // The texts of the pages are in src/generated.
  node('scripts/compile.ts');
  if (golden.length > 0) node('node_modules/vitest/vitest.mjs', 'run', '--project', 'quick', '--mode', 'golden', ...golden);
  for (const path of Object.keys(files)) console.log(`made     ${path}`);
  for (const path of changed.keys()) console.log(`changed  ${path}`);
  console.log(`\nIt works as it is. Now:\n${next.map((line, index) => `${index + 1}. ${line}`).join('\n')}`);
}

/** A text with a line put in after the last place that a pattern finds. */
function insert(path: string, text: string, after: RegExp, line: string): string {
  const last = [...text.matchAll(after)].at(-1);
  if (!last) throw new Error(`${path} has no place for "${line.trim()}": scripts/new looks there for ${after}`);
  const end = last.index + last[0].length;
  return text.slice(0, end) + line + text.slice(end);
}

function node(...args: readonly string[]) {
  execFileSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
}
