import { toPointer } from '../json/pointer.ts';
import { Findings } from './findings.ts';
import type { Environment, Spec, Targets } from './spec.ts';
import { SpecError } from './spec-error.ts';

/** What one use of a spec needs and the spec may leave out. */
export interface Requirement {
  /** Keys from the top of the spec. */
  readonly path: readonly string[];
  readonly message: string;
  readonly help: string;
}

/** The error about what a use of the spec needs and an environment lacks, with the places where it would stand. */
export function lacking(spec: Spec, environment: Environment, requirements: readonly Requirement[]): SpecError {
  const findings = new Findings(spec.source);
  for (const { path, message, help } of requirements) {
    const group = placeOf(spec, environment, path.slice(0, -1));
    findings.error('spec-value', group + toPointer(path.slice(-1)), message, help);
  }
  return new SpecError(findings.errors);
}

/** The error about keys of a target that are not there; `needed` has all that must be, with what to write. */
export function lackingInTarget(
  spec: Spec,
  environment: Environment,
  host: keyof Targets,
  needed: Readonly<Record<string, string>>,
): SpecError {
  const target: object = environment.targets[host] ?? {};
  const missing = Object.entries(needed).filter(([key]) => !Object.hasOwn(target, key));
  return lacking(
    spec,
    environment,
    missing.map(([key, what]) => ({
      path: ['targets', host, key],
      message: `targets.${host}.${key} is missing${environment.name === '' ? '' : ` in ${environment.name}`}`,
      help: `write ${what}`,
    })),
  );
}

/** The error about a client id that is not there yet. */
export function clientIdLacking(spec: Spec, environment: Environment): SpecError {
  return lacking(spec, environment, [
    {
      path: ['appRegistration', 'clientId'],
      message: `appRegistration.clientId is missing${environment.name === '' ? '' : ` in ${environment.name}`}`,
      help: 'run "certflow setup", which makes the app registration and writes its id here; or paste the application (client) id from the Entra admin center',
    },
  ]);
}

/** Where an environment has a value from: its own overrides, or the top of the spec. `path` is keys from the top. */
export function placeOf({ source }: Spec, { name }: Environment, path: readonly string[]): string {
  const inEnvironment = toPointer(['environments', name, ...path]);
  return name !== '' && source.has(inEnvironment) ? inEnvironment : toPointer([...path]);
}
