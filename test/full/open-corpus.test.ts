import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OpenedDefinition } from '../../src/formats/reading/opened-document.ts';
import { fromPointer } from '../../src/json/pointer.ts';
import { checkDocument } from '../../src/library/check-document.ts';
import { open } from '../../src/library/open.ts';
import { folderOf } from '../folder.ts';
import { corpusLines, sharedFolder } from '../shared.ts';

/** The packages in the table of SOURCES.md, with the flows that it counts in them. */
function packages(folder: string): { path: string; flows: number }[] {
  const rows = readFileSync(`${folder}/SOURCES.md`, 'utf8').matchAll(/^\| `([^`]+)` \|.*?(\d+) (?:flows|flow\(s\))/gm);
  return [...rows].map(([, path = '', flows]) => ({ path, flows: Number(flows) }));
}

it('opens every real package, with the flows it holds', async (context) => {
  const folder = `${sharedFolder(context)}/corpus/power-automate`;
  const rows = packages(folder);
  expect(rows).toHaveLength(27);
  for (const { path, flows } of rows) {
    const document = await open(join(folder, path));
    expect(document.format, path).toBe(path.startsWith('legacy') ? 'flow-package' : 'solution');
    expect(document.definitions, path).toHaveLength(flows);
    expect(document.problems, path).toEqual([]);
    for (const { file, pointer, text, host, name } of document.definitions) {
      expect({ file, pointer, host }).toEqual({
        file: expect.stringMatching(/\.json$/),
        pointer: '/properties/definition',
        host: 'power-automate',
      });
      expect(name, file).toBeTruthy();
      expect(JSON.parse(text).properties.definition).toBeDefined();
    }
    expect(() => checkDocument(document)).not.toThrow();
  }
});

it('gives the same flows from a package and its unpacked twin', async (context) => {
  const folder = `${sharedFolder(context)}/corpus/power-automate`;
  for (const name of ['create-folder-with-link-back-to-list', 'sharepoint-hide-folders-in-library-view']) {
    const [zipped, unpacked] = [
      await open(join(folder, 'solution', `${name}.zip`)),
      await open(join(folder, 'solution-unpacked', name)),
    ];
    const shape = ({ definitions }: typeof zipped) =>
      definitions.map(({ definition, name, connectionReferences, solutionReferences, environmentVariables }) => ({
        definition,
        name,
        connectionReferences,
        solutionReferences,
        environmentVariables,
      }));
    expect(shape(unpacked)).toEqual(shape(zipped));
    expect(Object.keys(zipped.definitions[0]?.solutionReferences ?? {})).toHaveLength(1);
    expect(Object.keys(zipped.definitions[0]?.environmentVariables ?? {}).length).toBeGreaterThan(0);
  }
});

interface CorpusRecord {
  readonly repo: string;
  readonly path: string;
  readonly target: string;
  readonly form: string;
  readonly definition: Record<string, unknown>;
  readonly kind?: string;
  readonly parameters?: Record<string, unknown>;
  readonly connectionReferences?: Record<string, unknown>;
}

/** The record in a file of the form that it was found in, with its definition at the pointer of its path. */
function wrap({ path, form, target, definition, kind, parameters, connectionReferences }: CorpusRecord) {
  const pointer = /#(.*)$/.exec(path)?.[1] ?? '';
  const steps = pointer.split('/').slice(1);
  const root: Record<string, unknown> = {
    ...(form === 'resource' && { type: 'Microsoft.Logic/workflows' }),
    ...(target === 'arm' && { $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#' }),
  };
  let here: Record<string, unknown> = root;
  for (const [index, step] of steps.entries()) {
    if (index === steps.length - 1) {
      // What a Standard record has beside its definition stood in the app's own files.
      Object.assign(here, { [step]: definition }, target === 'standard' ? { kind } : { kind, parameters, connectionReferences });
    } else {
      const isResource = steps[index - 1] === 'resources';
      const type = steps.slice(index).includes('template') ? 'Microsoft.Resources/deployments' : 'Microsoft.Logic/workflows';
      const next: Record<string, unknown> = isResource ? { type, apiVersion: '2017-07-01', name: 'r' } : {};
      here[step] = step === 'resources' ? [] : next;
      here = here[step] as Record<string, unknown>;
    }
  }
  return { pointer, value: steps.length === 0 ? definition : root };
}

/** A definition with the strings that ARM filled in as they stood in the template, each looked at. */
function asWritten({ definition, filledIn }: OpenedDefinition, record: CorpusRecord): unknown {
  const copy = structuredClone(definition) as Record<string, unknown>;
  for (const pointer of filledIn ?? []) {
    const path = fromPointer(pointer);
    const last = path.pop() ?? '';
    const inside = (value: object) => path.reduce<unknown>((here, key) => (here as Record<string, unknown>)[key], value);
    const written = (inside(record.definition) as Record<string, string>)[last] ?? '';
    const holder = inside(copy) as Record<string, unknown>;
    // The records' templates are gone: only what needs none of their parameters and variables can be known.
    expect(written).toMatch(/^\[.*\]$/s);
    expect(written.startsWith('[[') ? written.slice(1) : holder[last]).toBe(holder[last]);
    holder[last] = written;
  }
  return copy;
}

for (const target of ['arm', 'consumption', 'standard', 'power-automate']) {
  it(`opens every ${target} record of the corpus in the form that it had`, async (context) => {
    // The language's own JSON Schema stands among the definitions, and is none.
    const records = corpusLines<CorpusRecord>(context, `workflows/${target}.jsonl.gz`).filter(
      ({ path }) => !path.endsWith('/workflowDefinitionSchema.json#/properties'),
    );
    expect(records.length).toBeGreaterThan(100);
    for (const record of records) {
      const { pointer, value } = wrap(record);
      const { format, definitions } = await open(new TextEncoder().encode(JSON.stringify(value)), { name: record.path });
      const at = `${record.repo} ${record.path}`;
      expect(format, at).toBe(target === 'arm' ? 'arm' : record.form === 'flow' ? 'flow' : 'definition');
      expect(definitions, at).toHaveLength(1);
      expect(definitions[0]?.pointer, at).toBe(pointer);
      expect(asWritten(definitions[0] as OpenedDefinition, record), at).toEqual(record.definition);
      if (record.form === 'workflow.json' && record.kind !== undefined)
        expect(definitions[0], at).toMatchObject({ host: 'standard', kind: record.kind });
      if (record.form === 'flow')
        expect(definitions[0], at).toMatchObject({ host: 'power-automate', connectionReferences: record.connectionReferences });
      if (record.form === 'code-view' && target === 'consumption' && record.parameters)
        expect(definitions[0]?.parameters, at).toEqual(record.parameters);
    }
  });
}

it('opens the Standard records in projects, with what their app has', async (context) => {
  const records = corpusLines<CorpusRecord>(context, 'workflows/standard.jsonl.gz').filter(
    ({ parameters, connectionReferences }) => parameters ?? connectionReferences,
  );
  expect(records.length).toBeGreaterThan(30);
  for (const { definition, kind, parameters, connectionReferences } of records) {
    const files = {
      'host.json': {},
      ...(parameters && { 'parameters.json': parameters }),
      ...(connectionReferences && { 'connections.json': connectionReferences }),
      'W/workflow.json': { definition, kind },
    };
    const { definitions } = await open(folderOf(files));
    expect(definitions).toMatchObject([{ name: 'W', host: 'standard', definition }]);
    expect(definitions[0]?.parameters).toEqual(parameters);
    expect(definitions[0]?.connections).toEqual(connectionReferences);
  }
});
