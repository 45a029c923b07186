import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { TestContext } from 'vitest';
import { sharedFolder } from './shared.ts';

// Published for require() only: its types say otherwise under ES modules.
const Ajv = createRequire(import.meta.url)('ajv-draft-04') as typeof import('ajv-draft-04').default;

/**
 * The types of retry policies, in lower case where Microsoft's schema has capitals. The designer shows a policy for the words in lower
 * case alone, and writes them so (Azure/LogicAppsUX, `bjsworkflow/settings.ts`); so do Microsoft's page "Handle errors and exceptions"
 * and every export, sample and template of the corpus: docs/facts/definitions.md.
 */
function withLowerCaseRetries(schema: string): string {
  const capitals = /"None",\s*"Fixed",\s*"Exponential"/g;
  if (schema.match(capitals)?.length !== 1)
    throw new Error("Microsoft's schema has the types of retry policies elsewhere than it had");
  return schema.replace(capitals, '"none", "fixed", "exponential"');
}

/** A function that gives what Microsoft's schema of 2016-06-01 says against a definition. Skips the test where the file is missing. */
export function microsoftSchema(context: TestContext): (definition: unknown) => string[] {
  const text = readFileSync(`${sharedFolder(context)}/reference/workflowdefinition-2016-06-01.json`, 'utf8');
  const schema = JSON.parse(withLowerCaseRetries(text));
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile(schema);
  return (definition) =>
    validate(definition) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
