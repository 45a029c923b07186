import { clientIdLacking } from '../spec/required.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import type { Workflow } from './workflow.ts';

/**
 * The value of each parameter in an environment, in the order of their declaration.
 * Throws a SpecError where the client id is not there yet.
 */
export function parameterValues(spec: Spec, environment: Environment, { parameters }: Workflow): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, values: byEnvironment } of parameters) {
    const value = byEnvironment.get(environment.name);
    // Everything else is there, or the spec would not have been read without an error.
    if (value === undefined) throw clientIdLacking(spec, environment);
    values[name] = value;
  }
  return values;
}
