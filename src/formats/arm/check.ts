import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { checkVaultReference } from '../reading/vault-references.ts';
import { checkDependencies } from './dependencies.ts';
import { checkExpression } from './expressions.ts';
import { checkNestedParameters } from './nested-parameters.ts';
import { checkOutputs } from './outputs.ts';
import { checkSecrets } from './secrets.ts';
import { visitStrings } from './strings.ts';
import { listTemplates } from './templates.ts';
import { checkText } from './text-parts.ts';

/** Tells of what is wrong with a template around its workflows. What names no schema is a part of one. */
export function check(reading: DocumentFiles, path: string, value: unknown) {
  if (!isObject(value) || !/deploymentTemplate\.json#?$/i.test(asText(value.$schema))) return;
  for (const template of listTemplates(value)) {
    checkOutputs(reading, path, template);
    checkDependencies(reading, path, template);
    checkNestedParameters(reading, path, template);
    checkSecrets(reading, path, template);
    visitStrings(template, (text, at) => {
      const string = { path, text, at };
      checkExpression(reading, string, template);
      checkText(reading, string, template.scopes);
      checkVaultReference(reading, string);
    });
  }
}
