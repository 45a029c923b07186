import { toPointer } from '../diagnostics/pointer.ts';
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
  const inEnvironment = environment.name === '' ? '' : toPointer(['environments', environment.name]);
  for (const { path, message, help } of requirements) {
    const isOverridden = inEnvironment !== '' && spec.source.has(inEnvironment + toPointer(path.slice(0, -1)));
    findings.error('spec-value', (isOverridden ? inEnvironment : '') + toPointer([...path]), message, help);
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
