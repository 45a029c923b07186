import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { TestContext } from 'vitest';
import { sharedFolder } from './shared.ts';

// Published for require() only: its types say otherwise under ES modules.
const Ajv = createRequire(import.meta.url)('ajv-draft-04') as typeof import('ajv-draft-04').default;

/** A function that gives what Microsoft's schema of 2016-06-01 says against a definition. Skips the test where the file is missing. */
export function microsoftSchema(context: TestContext): (definition: unknown) => string[] {
  const schema = JSON.parse(readFileSync(`${sharedFolder(context)}/reference/workflowdefinition-2016-06-01.json`, 'utf8'));
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile(schema);
  return (definition) =>
    validate(definition) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
