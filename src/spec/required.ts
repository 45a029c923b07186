import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toPointer } from '../diagnostics/pointer.ts';
import type { Environment, Spec } from './spec.ts';
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
  return new SpecError(
    requirements.map(({ path, message, help }): Diagnostic => {
      const inEnvironment = environment.name === '' ? '' : toPointer(['environments', environment.name]);
      const isOverridden = inEnvironment !== '' && spec.source.has(inEnvironment + toPointer(path.slice(0, -1)));
      const pointer = (isOverridden ? inEnvironment : '') + toPointer([...path]);
      return {
        rule: 'spec-value',
        severity: 'error',
        category: 'correctness',
        message,
        file: spec.source.file,
        pointer,
        range: spec.source.rangeOf(pointer),
        help,
        docs: 'docs/certflow-yaml.md',
      };
    }),
  );
}
