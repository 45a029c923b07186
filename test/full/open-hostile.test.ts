import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UsageError } from '../../src/diagnostics/errors.ts';
import { checkDocument } from '../../src/library/check-document.ts';
import { open } from '../../src/library/open.ts';
import { rawZip } from '../document/raw-zip.ts';
import { hostile, replaced } from '../hostile.ts';
import { corpusLines } from '../shared.ts';
import { part, runs, size } from '../sweep.ts';

/** Opens and checks; the only error allowed is one that says what is wrong. Tells whether it was taken. */
async function survives(bytes: Uint8Array): Promise<boolean> {
  try {
    checkDocument(await open(bytes, { name: 'x' }));
    return true;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return false;
  }
}

const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const schema = 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#';
const definitionSchema =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';

/** JSON with the members that readers look at, holding anything. */
const members = [
  'definition',
  'properties',
  'parameters',
  'variables',
  'resources',
  'template',
  'triggers',
  'actions',
  'type',
  'kind',
  'defaultValue',
];
const nearWorkflow = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.jsonValue(),
    fc.constantFrom("[variables('a')]", '[[x]', '@{', definitionSchema, 'Microsoft.Logic/workflows'),
    tie('group'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  group: fc.dictionary(fc.constantFrom(...members, 'a', '$schema', '__proto__'), tie('value'), { maxKeys: 5 }),
})).group;

it('survives anything where a workflow may stand', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(nearWorkflow, nearWorkflow, async (first, second) => {
      const workflow = {
        type: 'Microsoft.Logic/workflows',
        apiVersion: 'x',
        properties: { definition: { $schema: definitionSchema, ...(first as object) }, ...(second as object) },
      };
      for (const value of [
        first,
        { ...(first as object), $schema: definitionSchema },
        {
          $schema: schema,
          ...(second as object),
          resources: [
            workflow,
            second,
            {
              type: 'Microsoft.Resources/deployments',
              properties: { template: { ...(second as object), resources: [workflow] } },
            },
          ],
        },
        { properties: { connectionReferences: second, definition: first }, schemaVersion: '1' },
      ]) {
        if (await survives(encode(value))) taken++;
      }
    }),
    runs(15_000),
  );
  expect(taken).toBeGreaterThan(15_000 * size);
});

it('survives files and packages that are cut off or have a byte changed', async (context) => {
  const records = corpusLines<{ definition: unknown }>(context, 'workflows/consumption.jsonl.gz').slice(0, 40);
  for (const [index, { definition }] of records.entries()) {
    const file = encode({ definition });
    const zip = rawZip([
      { name: 'solution.xml', contents: '<a/>' },
      { name: `Workflows/${index}.json`, contents: file },
    ]);
    for (const bytes of [file, zip]) {
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, unit) => {
          await survives(bytes.slice(0, at));
          const changed = bytes.slice();
          changed[at] = unit;
          await survives(changed);
        }),
        runs(300),
      );
    }
  }
});

it('no value in a template that deploys a workflow is more than it can take', async () => {
  const template: unknown = JSON.parse(readFileSync(new URL('../golden/arm/hr-lists/azuredeploy.json', import.meta.url), 'utf8'));
  let tried = 0;
  for (const by of hostile)
    for (const other of part(replaced(template, by))) {
      await survives(encode(other));
      tried++;
    }
  expect(tried).toBeGreaterThan(100);
});
