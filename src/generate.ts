import { check } from './check/check.ts';
import type { Host } from './definition/definition.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { UsageError } from './diagnostics/errors.ts';
import { suggest } from './diagnostics/words.ts';
import type { GeneratedFile, WriteInput } from './formats/format.ts';
import { type FormatName, formatNamed, formatNames } from './formats/index.ts';
import { chooseEnvironment } from './spec/choose-environment.ts';
import type { Spec } from './spec/spec.ts';
import { SpecError } from './spec/spec-error.ts';
import { buildWorkflow } from './workflow/build.ts';
import type { Dialect } from './workflow/dialect.ts';
import { toSpecDiagnostic } from './workflow/origin.ts';
import { toDefinition } from './workflow/to-definition.ts';

export interface GenerateOptions {
  readonly format: FormatName;
  /** Name of the environment. Needed where the spec has more than one. */
  readonly environment?: string;
  /** Gets what is worth a look though it does not stand in the way. */
  readonly report?: (diagnostic: Diagnostic) => void;
}

/**
 * Makes the files of one format for one environment, and checks the definition before it gives them. The same spec gives the
 * same bytes. Throws a SpecError where the spec lacks something or the definition would not do, a UsageError for an unknown name.
 */
export function generate(spec: Spec, options: GenerateOptions): GeneratedFile[] {
  const format = formatNamed(options.format);
  if (!format) throw new UsageError(`there is no format "${options.format}": ${suggest(options.format, formatNames, 'formats')}`);
  const environment = chooseEnvironment(spec, options.environment);
  const workflow = buildWorkflow(spec, format.host);
  const dialect = format.dialect(spec, environment);
  const input: WriteInput = { spec, environment, workflow, definition: toDefinition(workflow, dialect) };
  const files = format.write(input);
  const diagnostics = checkDefinition(input, format.host, dialect);
  const refused = diagnostics.filter(
    ({ severity, category, rule }) =>
      // The service saves a workflow that uses an unknown parameter; but here every parameter is known.
      severity === 'error' || (severity === 'warning' && (category === 'security' || rule === 'unknown-parameter')),
  );
  if (refused.length > 0) throw new SpecError(refused);
  for (const diagnostic of diagnostics) options.report?.(diagnostic);
  return files;
}

/** What the checker says of the definition, told of the places in the spec that it comes from. */
function checkDefinition({ spec, environment, workflow, definition }: WriteInput, host: Host, dialect: Dialect): Diagnostic[] {
  const values = workflow.parameters.map(({ name, values }) => [
    dialect.parameterName(name),
    { value: values.get(environment.name) },
  ]);
  return check(definition, { host, parameters: Object.fromEntries(values) }).map((diagnostic) =>
    toSpecDiagnostic(diagnostic, spec, workflow),
  );
}
