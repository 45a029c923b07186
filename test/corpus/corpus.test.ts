import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { check, type Diagnostic } from '../../src/index.ts';
import { corpusLines, sharedFolder } from '../shared.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from './record.ts';

/** Records that are broken though the corpus does not list them, and how that was shown. */
const shownBroken: Readonly<Record<string, string>> = {
  'yuekui2/azure-quickstart-templates 201-alert-to-queue-with-logic-app/azuredeploy.json#/resources/1/properties/definition':
    'an action named "Send_message.": its deployment fails, and was mended so (Azure/azure-quickstart-templates#5781)',
};

const errorsIn = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ rule, pointer, message }) => `${rule} ${pointer} ${message}`);

const published = new Ajv().compile(JSON.parse(readFileSync('schemas/definition.schema.json', 'utf8')));

describe('definitions that were made to be deployed, and those known to be broken', () => {
  test.for(corpusFiles)('%s', (file, context) => {
    const broken: { id: string }[] = JSON.parse(
      readFileSync(`${sharedFolder(context)}/corpus/workflows/known-broken.json`, 'utf8'),
    );
    const isBroken = new Set(broken.map(({ id }) => id));
    for (const record of corpusLines<CorpusRecord>(context, file)) {
      const name = `${record.repo} ${record.path}`;
      const errors = errorsIn(check(record.definition, surroundingsOf(record)));
      // The published schema refuses what the checker finds broken, and nothing else.
      if (!published(record.definition)) expect(errors, `${name} ${JSON.stringify(published.errors)}`).not.toEqual([]);
      if (isBroken.has(record.id) || name in shownBroken) expect(errors, name).not.toEqual([]);
      else if (record.class === 'template' || record.class === 'export') expect(errors, name).toEqual([]);
    }
  });
});

interface BrokenDefinition extends CorpusRecord {
  readonly name: string;
  readonly phase: 'save' | 'run';
  /** Into the definition, or into the file where it starts without a slash. */
  readonly pointer: string;
  readonly fixed?: unknown;
}

test('what Azure refuses has an error at its place, and its mended twin has none', (context) => {
  const folder = `${sharedFolder(context)}/corpus/broken`;
  for (const file of readdirSync(folder)) {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const broken: BrokenDefinition = JSON.parse(text);
    const places = {
      parameters: { pointer: '/parameters' },
      connections: { pointer: '/connections' },
      connectionReferences: { pointer: '/connectionReferences' },
    };
    const options = { ...surroundingsOf(broken), text, pointer: '/definition', places };
    const place = broken.pointer.startsWith('/') ? `/definition${broken.pointer}` : `/${broken.pointer}`;
    const errors = check(broken.definition, options).filter(({ severity }) => severity === 'error');
    const isAtPlace = ({ pointer }: Diagnostic) => pointer === place || pointer.startsWith(`${place}/`);
    if (broken.phase === 'save') expect(errors.filter(isAtPlace), file).not.toEqual([]);
    if (broken.fixed) expect(errorsIn(check(broken.fixed, surroundingsOf(broken))), file).toEqual([]);
  }
});
