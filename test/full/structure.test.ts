import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type TestContext, test } from 'vitest';
import { type FormatName, generate, loadSpec, open, type Spec } from '../../src/index.ts';
import type { CorpusRecord } from '../corpus/record.ts';
import { Structure } from '../formats/structure.ts';
import { unseen } from '../formats/structure-unseen.ts';
import { corpusLines, sharedFolder } from '../shared.ts';
import { baseSpec, specOf } from '../specs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What real exports have: every file of the packages, and the definitions of other flows. */
async function real(context: TestContext): Promise<Structure> {
  const folder = join(sharedFolder(context), 'corpus/power-automate');
  const structure = new Structure();
  for (const path of globSync(['legacy/*.zip', 'solution/*.zip', 'legacy-unpacked/*', 'solution-unpacked/*'], { cwd: folder })) {
    const { files, root } = await open(join(folder, path), { contents: 'all' });
    for (const file of files.paths.filter((file) => file.startsWith(root)))
      structure.addFile(file.slice(root.length), files.bytes(file) as Uint8Array);
  }
  for (const record of corpusLines<CorpusRecord>(context, 'workflows/power-automate.jsonl.gz'))
    if (record.class !== 'test') structure.addDefinition(record.definition);
  return structure;
}

/** What certflow writes: all examples, and specs in which everything is said that they leave out. */
async function written(): Promise<Structure> {
  const url = 'https://contoso.sharepoint.com/x';
  const powerAutomate = { solution: 'Everything', publisher: { name: 'contoso', prefix: 'cto' } };
  const specs: Spec[] = [
    ...(await Promise.all(globSync('examples/*.certflow.yaml', { cwd: root }).map((path) => loadSpec(join(root, path))))),
    specOf({ targets: { powerAutomate }, certificate: { name: 'c', version: 'a'.repeat(32) } }),
    specOf({
      targets: { powerAutomate },
      trigger: { request: { method: 'POST', relativePath: '/x', schema: { type: 'object' } } },
    }),
    specOf({
      ...baseSpec,
      targets: { powerAutomate: { ...powerAutomate, declareVariables: false } },
      trigger: {
        recurrence: {
          frequency: 'Week',
          interval: 1,
          timeZone: 'UTC',
          startTime: '2026-01-05T06:00:00',
          schedule: { weekDays: ['Monday'], hours: [6], minutes: [0] },
        },
      },
      requests: [{ name: 'A', url, method: 'POST', queries: { a: 'b' }, headers: { a: 'b' }, body: {}, timeout: 'PT1M' }],
    }),
    specOf({
      targets: { powerAutomate },
      requests: [
        { name: 'A', url, retryPolicy: { type: 'Fixed', count: 3, interval: 'PT5S' } },
        {
          name: 'B',
          url,
          retryPolicy: { type: 'Exponential', count: 3, interval: 'PT5S', minimumInterval: 'PT5S', maximumInterval: 'PT1M' },
        },
        { name: 'C', url, signIn: 'clientCertificate' },
      ],
    }),
  ];
  const structure = new Structure();
  for (const spec of specs)
    for (const environment of spec.environments.keys())
      for (const format of ['solution', 'flow-package'] satisfies FormatName[])
        for (const { path, contents } of generate(spec, { format, ...(environment && { environment }), withValues: true })) {
          if (path.startsWith('source/')) structure.addFile(path.slice('source/'.length), contents);
          if (!path.endsWith('.zip')) continue;
          const { files } = await open(contents as Uint8Array);
          for (const file of files.paths) structure.addFile(file, files.bytes(file) as Uint8Array);
        }
  return structure;
}

test('the structure of what we write is that of real exports, but for what is listed with its reason', async (context) => {
  const [ours, theirs] = [await written(), await real(context)];
  const names = [...ours.names].filter((name) => !theirs.names.has(name));
  // The order of what no export has at all is nothing to compare.
  const isComparable = (order: string) => {
    const [place = '', first = '', second = ''] = order.split(/: | < /);
    return theirs.names.has(`${place}: ${first}`) && theirs.names.has(`${place}: ${second}`);
  };
  const orders = [...ours.orders].filter((order) => isComparable(order) && !theirs.orders.has(order));
  expect([...names, ...orders].sort()).toEqual(Object.values(unseen).flat().sort());
});
