import type { Definition } from '../definition/definition.ts';
import { validateCertificateWorkflow as validate } from '../generated/validate-certificate-workflow.js';
import type { Workflow } from '../workflow/workflow.ts';

/**
 * Holds a definition against the pattern that certflow promises, schemas/certificate-workflow.schema.json: the certificate is read
 * hidden, requests sign in with it, and what differs between environments is a parameter. Actions of the spec's own are no part of it.
 * Throws where it does not hold, which no spec should bring about.
 */
export function holdPromises(definition: Definition, { rawActions }: Pick<Workflow, 'rawActions'>) {
  const actions = Object.fromEntries(Object.entries(definition.actions).filter(([name]) => !Object.hasOwn(rawActions, name)));
  if (validate({ ...definition, actions })) return;
  const places = (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} (${keyword})`);
  throw new Error(`the definition is not the certificate workflow that was promised: ${places.join(', ')}`);
}
