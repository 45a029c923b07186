import { globSync, readFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { newCommand } from '../scripts/new/command.ts';
import { newFormat } from '../scripts/new/format.ts';
import { newRule } from '../scripts/new/rule.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const name = 'an-unused-name';

/** The sentences that `npm run new` writes into a file for a person to replace: they are text, and do not hold the name of the thing. */
const sentences = (text: string) =>
  text.split('\n').filter((line) => /^(?:[A-Z]|\| `| +summary: ').{20}/.test(line) && !line.includes(name));

test.each([
  ['rule', newRule(name)],
  ['format', newFormat(name)],
  ['command', newCommand(name.replaceAll('-', ''))],
])('no %s is left as npm run new made it', (_, { files }) => {
  const texts = Object.entries(files).map(([path, text]) => ({ path, made: sentences(text) }));
  expect(texts.flatMap(({ made }) => made)).not.toEqual([]);
  for (const { path, made } of texts) {
    const folder = path.startsWith('src/check/rules/') ? 'src/check/rules/*' : dirname(path);
    const unfilled = globSync(`${folder}/*${extname(path)}`, { cwd: root }).filter((file) => {
      const lines = new Set(readFileSync(`${root}/${file}`, 'utf8').split('\n'));
      return made.some((line) => lines.has(line));
    });
    expect(unfilled, 'say there what it is for, as npm run new told').toEqual([]);
  }
});
