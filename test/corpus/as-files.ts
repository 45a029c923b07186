import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fromPointer } from '../../src/json/pointer.ts';
import type { CorpusRecord } from './record.ts';

type Files = Readonly<Record<string, unknown>>;

/** A record as the files that it was taken from, as far as it tells them: the same names, the definition at the same place. */
export function filesOf(record: CorpusRecord): Files {
  const [path = '', pointer = ''] = record.path.slice(record.path.indexOf('!') + 1).split('#');
  // The parts of a path that lead nowhere matter to nobody, but a project's folder, a flow's and a package's do.
  const file = path.split('/').slice(-4).join('/');
  if (record.target === 'arm') return { [basename(path)]: template(record, fromPointer(pointer)) };
  if (record.form === 'workflow.json' && basename(path) === 'workflow.json')
    return standardProject(record, basename(dirname(path)));
  return { [file]: placed(record, fromPointer(pointer)) };
}

/** The definition where it stood, with what stood beside it. */
function placed(record: CorpusRecord, place: readonly string[]): unknown {
  if (place.length === 0) return record.definition;
  const { definition, parameters, connectionReferences, kind, form } = record;
  const holder = {
    [place.at(-1) ?? '']: definition,
    ...(parameters && { parameters }),
    ...(connectionReferences && { connectionReferences }),
    ...(kind !== undefined && { kind }),
    ...(form === 'flow' && { connectionReferences: connectionReferences ?? {} }),
  };
  const whole = place.slice(0, -1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), holder);
  if (form === 'flow') return { schemaVersion: '1.0.0.0', ...(whole as object) };
  return form === 'resource' ? { type: 'Microsoft.Logic/workflows', ...(whole as object) } : whole;
}

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** A template with this workflow alone; each `/resources/7/properties/template` on the way is a template inside it. */
function template({ definition, parameters }: CorpusRecord, place: readonly string[]): unknown {
  const isInside = place.at(-2) === 'properties';
  const depth = place.filter((key) => key === 'resources').length;
  const holder = { definition, ...(parameters && { parameters }) };
  const workflow: unknown = {
    type: 'Microsoft.Logic/workflows',
    apiVersion: '2019-05-01',
    name: 'workflow',
    ...(isInside ? { properties: holder } : { properties: {}, ...holder }),
  };
  const wrap = (resource: unknown) => ({ $schema: schema, contentVersion: '1.0.0.0', resources: [resource] });
  const isNested = place.includes('template') && depth > 1;
  if (!isNested) return wrap(workflow);
  return wrap({
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2021-04-01',
    name: 'inner',
    properties: { mode: 'Incremental', template: wrap(workflow) },
  });
}

function standardProject(record: CorpusRecord, folder: string): Files {
  const { definition, kind, parameters, connectionReferences, connections } = record;
  const known = connections ?? connectionReferences;
  return {
    'host.json': { version: '2.0' },
    [`${folder === '.' ? 'workflow' : folder}/workflow.json`]: { definition, ...(kind !== undefined && { kind }) },
    ...(parameters && { 'parameters.json': parameters }),
    ...(known && { 'connections.json': known }),
  };
}

/** Writes files into a new folder for as long as `work` takes. */
export async function inFolder<Result>(files: Files, work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'certflow-corpus-'));
  try {
    for (const [path, contents] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(contents));
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
