import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { renderPretty } from '../../src/diagnostics/render-pretty.ts';
import { show } from '../../src/diagnostics/show.ts';
import { MemoryTree } from '../../src/document/file-tree.ts';
import { openTree } from '../../src/formats/reading/open-tree.ts';
import { check, generate } from '../../src/index.ts';
import { checkDocument } from '../../src/library/check-document.ts';
import { specOf } from '../specs.ts';
import { part } from '../sweep.ts';

/** What a value ends in: longer than any value is shown, with blanks, and once behind quotes of its own. */
const long = ' and so on'.repeat(40);
const endings = [long, `"x" \`y\`${long}`];

/** Each value, and each name of a member, with each of the endings. */
function* withLong(value: unknown, rebuild: (value: unknown) => unknown = (same) => same): Generator<unknown> {
  if (typeof value === 'string') for (const ending of endings) yield rebuild(value + ending);
  if (Array.isArray(value))
    for (const [index, item] of value.entries())
      yield* withLong(item, (other) => rebuild(value.map((one, at) => (at === index ? other : one))));
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) {
      yield* withLong(item, (other) => rebuild({ ...value, [name]: other }));
      yield rebuild(Object.fromEntries(Object.entries(value).map(([key, one]) => [key === name ? key + long : key, one])));
    }
}

function expectCut(diagnostics: readonly Diagnostic[]) {
  const shown = show(renderPretty(diagnostics, () => undefined));
  if (shown.includes(long)) expect(shown.replaceAll(long, '<the long value>')).toBe('a value cut to its 200th character');
}

const fixtures = globSync('../fixtures/rules/*/bad.json', { cwd: fileURLToPath(new URL('.', import.meta.url)) });

test.each(fixtures)('no finding in %s shows a long value whole', (file) => {
  const { definition, ...around } = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  for (const changed of part(withLong(definition))) expectCut(check(changed as object, around));
  const { host, kind, ...files } = around;
  for (const changed of part(withLong(files))) expectCut(check(definition, { host, kind, ...(changed as object) }));
});

test.each(['flow-package', 'solution'] as const)('no finding in a %s does', async (format) => {
  const powerAutomate = { solution: 'ContosoFlows', publisher: { name: 'contoso', prefix: 'cto' }, connectionOwner: 'a@b.c' };
  const files = new Map(
    generate(specOf({ targets: { powerAutomate } }), { format }).flatMap(({ path, contents }) =>
      path.startsWith('source/') ? [[path.slice('source/'.length), String(contents)]] : [],
    ) as [string, string][],
  );
  for (const [path, text] of files)
    for (const { 0: word, index } of part(text.matchAll(/[\w-]{3,}/g)))
      for (const ending of endings) {
        const written = path.endsWith('.json') ? ending.replaceAll('"', '\\"') : ending.replaceAll('"', '&quot;');
        const changed = text.slice(0, index + word.length) + written + text.slice(index + word.length);
        const bytes = [...files].map(([name, old]) => [name, new TextEncoder().encode(name === path ? changed : old)] as const);
        for await (const document of openTree(new MemoryTree('package', new Map(bytes)))) expectCut(checkDocument(document));
      }
});
