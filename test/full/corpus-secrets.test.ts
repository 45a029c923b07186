import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from '../corpus/record.ts';
import { corpusLines } from '../shared.ts';

type Group = Readonly<Record<string, unknown>>;

/** Every object with a `type` below a value, with its pointer: the actions, wherever they stand. Written without the checker's own walker. */
function operations(value: unknown, pointer = ''): { pointer: string; operation: Group; text: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    key === 'inputs' ? [] : operations(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  const operation = value as Group;
  const isOperation = typeof operation.type === 'string' && operation.inputs !== undefined;
  return isOperation ? [{ pointer, operation, text: JSON.stringify(operation.inputs) }, ...inner] : inner;
}

/** What in the text of an action's inputs says that it reads a secret: one pattern for each of the three connectors. */
const reads = {
  managed: /"path":"(\[[^"]*)?\/secrets\/[^"]*\/value['")\]]/,
  'built-in': /"serviceProviderId":"\/serviceProviders\/keyVault"/,
  'Power Automate': /shared_keyvault.*"operationId":"GetSecret|"operationId":"GetSecret.*shared_keyvault/,
};

test('every Get secret of the corpus whose outputs are not secured is found, and no other', (context) => {
  const counts: Record<string, number> = { managed: 0, 'built-in': 0, 'Power Automate': 0 };
  let open = 0;
  for (const file of corpusFiles)
    for (const record of corpusLines<CorpusRecord>(context, file)) {
      const expected: string[] = [];
      for (const { pointer, operation, text } of operations((record.definition as Group).actions, '/actions')) {
        const [kind] = Object.entries(reads).find(([, pattern]) => pattern.test(text)) ?? [];
        if (kind === undefined || (kind === 'built-in' && !/"operationId":"getSecret(Version)?"/.test(text))) continue;
        counts[kind] = (counts[kind] ?? 0) + 1;
        if (!/"secureData":\{"properties":\[[^\]]*"outputs"/.test(JSON.stringify(operation.runtimeConfiguration ?? {})))
          expected.push(pointer);
      }
      open += expected.length;
      const found = check(record.definition, surroundingsOf(record)).filter(({ rule }) => rule === 'get-secret-outputs');
      expect(found.map(({ pointer }) => pointer).sort(), `${record.repo} ${record.path}`).toEqual(expected.sort());
    }
  // As counted in a list of them, read by hand: a change of the corpus, or of a pattern, shows here first.
  expect({ ...counts, open }).toEqual({ managed: 27, 'built-in': 1, 'Power Automate': 0, open: 12 });
});
