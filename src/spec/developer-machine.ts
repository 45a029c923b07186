import { RefusedError, UsageError } from '../diagnostics/errors.ts';
import { certflow } from '../next/command-line.ts';
import type { Environment, Spec } from './spec.ts';

const localName = 'local';

/**
 * Whether an environment is a developer's machine, which is the one called `local`. Its certificate is a file and its app registration
 * its own; it has no vault, and nothing of it is in Azure.
 */
export function isDeveloperMachine({ name }: Pick<Environment, 'name'>): boolean {
  return name === localName;
}

/** The command that sets up a developer's machine; `file` is the path of the spec. */
export function setupLocally(file: string): string {
  return certflow({ specs: [file], environments: [localName] }, 'setup');
}

/** The developer's machine of a spec, where it has one. */
export function developerMachineOf({ environments }: Spec): Environment | undefined {
  return [...environments.values()].find(isDeveloperMachine);
}

/** The environments that something is deployed to. */
export function environmentsInAzure({ environments }: Spec): Environment[] {
  return [...environments.values()].filter((environment) => !isDeveloperMachine(environment));
}

/** The environments in Azure that sign in as an application. */
export function environmentsOf(spec: Spec, clientId: string): Environment[] {
  return environmentsInAzure(spec).filter(
    ({ appRegistration }) => appRegistration.clientId?.toLowerCase() === clientId.toLowerCase(),
  );
}

/** Throws a RefusedError where a developer's machine would sign in as another environment does: its key does not belong there. */
export function refuseSharedApplication(spec: Spec, environment: Environment, clientId: string) {
  if (!isDeveloperMachine(environment)) return;
  const others = environmentsOf(spec, clientId).map(({ name }) => name);
  if (others.length === 0) return;
  throw new RefusedError(
    `The app registration ${clientId} is that of ${others.join(' and ')}: whoever debugs would hold a key to it. Remove clientId and displayName from environments.${environment.name}.appRegistration: then "${setupLocally(spec.source.file)}" makes one of its own.`,
  );
}

/** Throws a UsageError for a developer's machine, with what follows from it (`nothing is deployed there`) and what to do instead. */
export function refuseDeveloperMachine(spec: Spec, environment: Environment, what: string) {
  if (!isDeveloperMachine(environment)) return;
  const { name } = environment;
  const others = environmentsInAzure(spec).map((other) => other.name);
  const other =
    others.length === 0
      ? `${spec.source.fileName} has no other environment: add one, such as dev: {}.`
      : `Name another environment: ${others.join(', ')}.`;
  throw new UsageError(
    `${name} is a developer's machine, and ${what}. ${other} "${setupLocally(spec.source.file)}" makes its certificate file and its app registration.`,
  );
}
