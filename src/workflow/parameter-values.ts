import { clientIdLacking, lackingInTarget } from '../spec/required.ts';
import type { Environment, Spec, Targets } from '../spec/spec.ts';
import type { SpecError } from '../spec/spec-error.ts';
import type { Workflow } from './workflow.ts';

/**
 * The value of each parameter in an environment, in the order of their declaration.
 * Throws a SpecError where the client id is not there yet, or an environment does not say which identity it has.
 */
export function parameterValues(spec: Spec, environment: Environment, { parameters }: Workflow): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, values: byEnvironment, target } of parameters) {
    const value = byEnvironment.get(environment.name);
    // Everything else is there, or the spec would not have been read without an error.
    if (value === undefined) throw target ? identityLacking(spec, environment, target) : clientIdLacking(spec, environment);
    values[name] = value;
  }
  return values;
}

function identityLacking(spec: Spec, environment: Environment, target: keyof Targets): SpecError {
  return lackingInTarget(spec, environment, target, {
    managedIdentity: 'the resource id of the user-assigned identity, as other environments do',
  });
}
