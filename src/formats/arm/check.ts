import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { checkVaultReference } from '../reading/vault-references.ts';
import { checkDependencies } from './dependencies.ts';
import { checkExpressions } from './expressions.ts';
import { checkOutputs } from './outputs.ts';
import { visitStrings } from './strings.ts';
import { listTemplates } from './templates.ts';
import { checkTexts } from './text-parts.ts';

/** Tells of what is wrong with a template around its workflows. What names no schema is a part of one. */
export function check(reading: DocumentFiles, path: string, value: unknown) {
  if (!isObject(value) || !/deploymentTemplate\.json#?$/i.test(asText(value.$schema))) return;
  for (const template of listTemplates(value)) {
    checkExpressions(reading, path, template);
    checkTexts(reading, path, template);
    checkOutputs(reading, path, template);
    checkDependencies(reading, path, template);
    visitStrings(template, (text, at) => checkVaultReference(reading, { path, at, text }));
  }
}
