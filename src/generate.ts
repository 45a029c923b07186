import { check } from './check/check.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { UsageError } from './diagnostics/errors.ts';
import { suggest } from './diagnostics/words.ts';
import type { Format, GeneratedFile, Package, WriteInput } from './formats/format.ts';
import { type FormatName, formatNamed, formatNames, type PackageFormatName, packageFormatNames } from './formats/index.ts';
import { chooseEnvironment } from './spec/choose-environment.ts';
import type { Spec } from './spec/spec.ts';
import { SpecError } from './spec/spec-error.ts';
import { buildWorkflow } from './workflow/build.ts';
import type { Dialect } from './workflow/dialect.ts';
import { toSpecDiagnostic } from './workflow/origin.ts';
import { toDefinition } from './workflow/to-definition.ts';

export interface GenerateOptions {
  readonly format: FormatName;
  /** Whether a solution brings the values of its environment variables along. Default: they are asked for when it is imported. */
  readonly withValues?: boolean;
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
  return make(spec, options, (format, input) => format.write(input));
}

export interface ExportOptions extends GenerateOptions {
  readonly format: PackageFormatName;
  /** Whether a solution is locked where it is imported. Default: no. */
  readonly managed?: boolean;
}

/**
 * The bytes of the one zip that is imported into Power Automate. Checked and deterministic like the files of `generate`, among which
 * the same zip is; throws the same.
 */
export function exportPackage(spec: Spec, options: ExportOptions): Uint8Array {
  return packageOf(spec, options).contents;
}

/** The same with the name that `generate` gives it. */
export function packageOf(spec: Spec, options: ExportOptions): Package {
  return make(spec, options, ({ name, pack }, input) => {
    if (pack) return pack(input, { managed: options.managed ?? false });
    throw new UsageError(`"${name}" is no package; those are ${packageFormatNames.join(', ')}`);
  });
}

/** Lets a format make its result of a spec, and looks at the definition before giving it out. */
function make<Result>(spec: Spec, options: GenerateOptions, of: (format: Format, input: WriteInput) => Result): Result {
  const format = formatNamed(options.format);
  if (!format) throw new UsageError(`there is no format "${options.format}": ${suggest(options.format, formatNames, 'formats')}`);
  const environment = chooseEnvironment(spec, options.environment);
  const workflow = buildWorkflow(spec, format.host);
  const dialect = format.dialect(spec, environment);
  const input: WriteInput = {
    spec,
    environment,
    workflow,
    definition: toDefinition(workflow, dialect),
    withValues: options.withValues ?? false,
  };
  const result = of(format, input);
  const diagnostics = checkDefinition(input, format, dialect);
  const refused = diagnostics.filter(
    ({ severity, category, rule }) =>
      // The service saves a workflow that uses an unknown parameter; but here every parameter is known.
      severity === 'error' || (severity === 'warning' && (category === 'security' || rule === 'unknown-parameter')),
  );
  if (refused.length > 0) throw new SpecError(refused);
  for (const diagnostic of [...(format.notes?.(input) ?? []), ...diagnostics]) options.report?.(diagnostic);
  return result;
}

/** What the checker says of the definition, told of the places in the spec that it comes from. */
function checkDefinition(input: WriteInput, format: Format, dialect: Dialect): Diagnostic[] {
  const { spec, environment, workflow, definition } = input;
  const values = workflow.parameters.map(({ name, values }) => [
    dialect.parameterName(name),
    { value: values.get(environment.name) },
  ]);
  const around = { host: format.host, parameters: Object.fromEntries(values), ...format.surroundings?.(input) };
  return check(definition, around).map((diagnostic) => toSpecDiagnostic(diagnostic, spec, workflow));
}
