import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toPointer } from '../json/pointer.ts';
import { isDeveloperMachine } from '../spec/developer-machine.ts';
import { needsOf } from '../spec/needs.ts';
import { placeOf } from '../spec/required.ts';
import type { Environment, Spec } from '../spec/spec.ts';

/** What stands where the client id will. */
const clientId = '<client id>';

/**
 * A spec with a mark in place of the client id that an environment does not have yet, so that its files can be looked at before there is an
 * app registration. What is deployed or imported is made of the spec itself, which is refused then.
 */
export function withMark(spec: Spec, environment: Environment): Spec {
  const marked = { ...environment, appRegistration: { ...environment.appRegistration, clientId } };
  return { ...spec, environments: new Map([...spec.environments, [environment.name, marked]]) };
}

/** What is told of an environment that has no client id, and needs one; a developer's machine is made ready without. */
export function markNote(spec: Spec, environment: Environment): Diagnostic | undefined {
  const needsOne = needsOf(spec).registration && !isDeveloperMachine(environment);
  if (environment.appRegistration.clientId !== undefined || !needsOne) return undefined;
  const pointer = placeOf(spec, environment, ['appRegistration']);
  const range = spec.source.rangeOf(pointer, 'key');
  return {
    rule: 'spec-value',
    severity: 'info',
    category: 'correctness',
    message: `there is no client id yet, and ${clientId} takes its place`,
    help: '"certflow setup" makes the app registration and writes its id into the spec',
    file: spec.source.file,
    pointer: pointer + toPointer(['clientId']),
    ...(range && { range }),
    docs: 'docs/certflow-yaml.md',
  };
}
