import schemaOfSpec from '../../schemas/certflow.schema.json' with { type: 'json' };
import schemaOfSettings from '../../schemas/check.schema.json' with { type: 'json' };
import schemaOfTests from '../../schemas/test.schema.json' with { type: 'json' };
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseSettings } from '../settings/settings.ts';
import { parseSpec } from '../spec/parse.ts';
import { SpecSource } from '../spec/source.ts';
import { SpecError } from '../spec/spec-error.ts';
import type { ReadWorkflowFile } from '../spec/workflow-file.ts';
import { parseTestFile } from '../test-runner/test-file.ts';
import { ofSchema } from './complete.ts';
import type { Proposal, Proposals } from './complete-expression.ts';
import { SchemaView } from './schema-members.ts';
import { yamlPlaceAt } from './yaml-place.ts';

/** certflow's own files: the spec, tests of workflows, and what is not to be reported. */
export type YamlKind = 'spec' | 'test' | 'check';

const views = {
  spec: new SchemaView(schemaOfSpec),
  test: new SchemaView(schemaOfTests),
  check: new SchemaView(schemaOfSettings),
};

/** The mistakes in a file of certflow's own. `rules` are the names of rules that there are; `readWorkflowFile` reads what a spec names. */
export function problemsOfYaml(
  kind: YamlKind,
  text: string,
  file: string,
  rules: readonly string[],
  readWorkflowFile?: ReadWorkflowFile,
): readonly Diagnostic[] {
  const parse = {
    spec: () => parseSpec(text, { file, ...(readWorkflowFile && { readWorkflowFile }) }),
    test: () => parseTestFile(text, file),
    check: () => parseSettings(text, file, rules),
  };
  try {
    parse[kind]();
    return [];
  } catch (error) {
    if (error instanceof SpecError) return error.diagnostics;
    throw error;
  }
}

/** The keys or the values that may be written at an offset. */
export function completeYaml(kind: YamlKind, text: string, offset: number): Proposals | undefined {
  const place = yamlPlaceAt(text, offset);
  if (!place) return undefined;
  const { path, isValue, begun } = place;
  const document = parsed(text);
  const proposals = isValue
    ? views[kind].valuesAt(document, path).map((one) => ofSchema(one, 'value'))
    : views[kind].keysAt(document, path).map((one): Proposal => ({ ...ofSchema(one, 'property'), text: `${one.name}: ` }));
  return { replaces: begun.length, proposals };
}

/** What the schema says of the key, or of the value's key, at an offset; Markdown. */
export function hoverYaml(kind: YamlKind, text: string, offset: number): string | undefined {
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  const place = yamlPlaceAt(text, offset + rest.length);
  return place?.isValue ? views[kind].aboutAt(parsed(text), place.path) : undefined;
}

/** As far as it can be read. */
function parsed(text: string): unknown {
  return new SpecSource(text, '').value();
}
