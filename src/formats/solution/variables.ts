import { lacking } from '../../spec/required.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import type { Workflow } from '../../workflow/workflow.ts';

/** Of names of components, in Dataverse's table of environment variables. */
const longestName = 100;

/** How the environment variable is called that holds a parameter of the workflow. */
export interface VariableName {
  /** `<prefix>_<spec>_<parameter>` */
  readonly schemaName: string;
  /** For people: the spec's name, and the parameter's in words. */
  readonly displayName: string;
  /** As the definition calls the parameter: docs/facts/solution.md#environment-variables. */
  readonly parameterName: string;
}

export function variableName(prefix: string, spec: Spec, parameter: string): VariableName {
  const schemaName = `${prefix}_${spec.name.replaceAll(/[^A-Za-z0-9]+/g, '_')}_${parameter}`;
  const displayName = `${spec.name} ${parameter.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
  return { schemaName, displayName, parameterName: `${displayName} (${schemaName})` };
}

/** Throws a SpecError for names that would be too long. */
export function checkVariableNames(spec: Spec, environment: Environment, prefix: string, { parameters }: Workflow) {
  const long = parameters
    .map(({ name }) => variableName(prefix, spec, name))
    .filter(({ schemaName, displayName }) => Math.max(schemaName.length, displayName.length) > longestName);
  if (long.length === 0) return;
  throw lacking(
    spec,
    environment,
    long.map(({ schemaName }) => ({
      path: ['name'],
      message: `the environment variable ${schemaName} would have a name of ${schemaName.length} characters; Dataverse takes ${longestName}`,
      help: 'shorten the name of the workflow, or that of the request',
    })),
  );
}
