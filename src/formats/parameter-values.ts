import { lacking } from '../spec/required.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import type { Workflow } from '../workflow/workflow.ts';

/**
 * The value of each parameter in an environment, in the order of their declaration.
 * Throws a SpecError where the client id is not there yet.
 */
export function parameterValues(spec: Spec, environment: Environment, { parameters }: Workflow): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, values: byEnvironment } of parameters) {
    const value = byEnvironment.get(environment.name);
    // Everything else is there, or the spec would not have been read without an error.
    if (value === undefined) {
      throw lacking(spec, environment, [
        {
          path: ['appRegistration', 'clientId'],
          message: `appRegistration.clientId is missing${environment.name === '' ? '' : ` in ${environment.name}`}`,
          help: 'run "certflow setup", which makes the app registration and writes its id here; or paste the application (client) id from the Entra admin center',
        },
      ]);
    }
    values[name] = value;
  }
  return values;
}
