import { type Examination, examine } from '../check/check.ts';
import type { SuppressedDiagnostic } from '../check/suppressions.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/words.ts';
import { refuseNames } from '../document/file-name.ts';
import type { Format, GeneratedFile, Package, WriteInput, Writer } from '../formats/format.ts';
import { noPackage } from '../formats/index.ts';
import { chooseEnvironment } from '../spec/choose-environment.ts';
import { isDeveloperMachine, refuseDeveloperMachine } from '../spec/developer-machine.ts';
import { clientIdLacking } from '../spec/required.ts';
import type { Spec } from '../spec/spec.ts';
import { SpecError } from '../spec/spec-error.ts';
import { buildWorkflow } from '../workflow/build.ts';
import type { Dialect } from '../workflow/dialect.ts';
import { toSpecDiagnostic } from '../workflow/origin.ts';
import { toDefinition } from '../workflow/to-definition.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { pictureOf } from './picture-of.ts';
import { holdPromises } from './promises.ts';
import { markNote, withMark } from './without-client-id.ts';

/** A format with its writer at hand. */
export type LoadedFormat = Pick<Format, 'name' | 'host'> & Writer;

export interface MakeOptions {
  /** Name of the environment. Needed where the spec has more than one. */
  readonly environment?: string;
  /** Whether a solution brings the values of its environment variables along. Default: they are asked for when it is imported. */
  readonly withValues?: boolean;
  /** Gets what is worth a look though it does not stand in the way; also what the spec has ignored about secrets. */
  readonly report?: (diagnostic: Diagnostic) => void;
}

/**
 * The files of a format. A client id that is not there yet is marked in them, unless they are a package that brings it. Throws what
 * `generate` throws.
 */
export function makeFiles(spec: Spec, format: LoadedFormat, options: MakeOptions): GeneratedFile[] {
  const bringsValues = format.bringsValues === true || options.withValues === true;
  const environment = chooseEnvironment(spec, options.environment);
  const note = bringsValues ? undefined : markNote(spec, environment);
  if (note) options.report?.(note);
  return make(note ? withMark(spec, environment) : spec, format, options, (input) => {
    const write = isDeveloperMachine(input.environment) && format.writeLocally ? format.writeLocally : format.write;
    const files = write(input);
    refuseNames(files);
    return files;
  });
}

/** The zip of a format that is imported as one, with the name that it has among the files. */
export function makePackage(spec: Spec, format: LoadedFormat, options: MakeOptions & { readonly managed?: boolean }): Package {
  const { name, pack } = format;
  if (!pack) throw noPackage(name);
  const environment = chooseEnvironment(spec, options.environment);
  // What is imported has to work.
  if (markNote(spec, environment)) throw clientIdLacking(spec, environment);
  return make(spec, format, options, (input) => {
    const zip = pack(input, { managed: options.managed ?? false });
    refuseNames([zip]);
    return zip;
  });
}

/**
 * Lets `of` make its result of what a format is given, and looks at the definition before giving the result out. Throws a SpecError
 * where the definition would not do, and what `of` throws.
 */
export function make<Result>(spec: Spec, format: LoadedFormat, options: MakeOptions, of: (input: WriteInput) => Result): Result {
  const environment = chooseEnvironment(spec, options.environment);
  if (!format.writeLocally)
    refuseDeveloperMachine(spec, environment, `the format ${format.name} makes nothing for it, only app-service does`);
  const dialect = format.dialect(spec, environment);
  const workflow = workflowOf(spec, format.host);
  const definition = workflow.definition ?? toDefinition(workflow, dialect);
  if (!workflow.definition) holdPromises(definition, workflow);
  const input: WriteInput = {
    spec,
    environment,
    workflow,
    definition,
    withValues: options.withValues ?? false,
    picture: () => pictureOf(definition, format.host),
  };
  const result = of(input);
  // Nothing made for a developer's machine holds the definition.
  const diagnostics = isDeveloperMachine(environment) ? [] : checkDefinition(input, format, dialect);
  const refused = diagnostics.filter(
    ({ severity, category, rule }) =>
      // The service saves a workflow that uses an unknown parameter; but here every parameter is known.
      severity === 'error' || (severity === 'warning' && (category === 'security' || rule === 'unknown-parameter')),
  );
  if (refused.length > 0) throw new SpecError(refused);
  for (const diagnostic of [...(format.notes?.(input) ?? []), ...diagnostics]) options.report?.(diagnostic);
  return result;
}

/** What was made of a spec: its other formats take the same. */
interface Made {
  readonly workflows: Map<Format['host'], Workflow>;
  /** What the checker said, by what it was shown. */
  readonly findings: Map<string, readonly Diagnostic[]>;
}

const madeOf = new WeakMap<Spec, Made>();

function made(spec: Spec): Made {
  const found = madeOf.get(spec) ?? { workflows: new Map(), findings: new Map() };
  madeOf.set(spec, found);
  return found;
}

function workflowOf(spec: Spec, host: Format['host']): Workflow {
  const { workflows } = made(spec);
  const workflow = workflows.get(host) ?? buildWorkflow(spec, host);
  workflows.set(host, workflow);
  return workflow;
}

/** What the checker says of the definition, told of the places in the spec that it comes from. */
function checkDefinition(input: WriteInput, format: LoadedFormat, dialect: Dialect): readonly Diagnostic[] {
  const { spec, environment, workflow, definition } = input;
  const values = workflow.parameters.map(({ name, values }) => [
    dialect.parameterName(name),
    { value: values.get(environment.name) },
  ]);
  const around = { host: format.host, parameters: Object.fromEntries(values), ...format.surroundings?.(input) };
  const { findings } = made(spec);
  const key = JSON.stringify([definition, around]);
  const found = findings.get(key) ?? findingsIn(examine(definition, around)).map((one) => toSpecDiagnostic(one, spec, workflow));
  findings.set(key, found);
  return found;
}

/** Whoever reviews or deploys what is made is told also of the secrets that the spec has nobody told of. */
function findingsIn({ diagnostics, suppressed }: Examination): Diagnostic[] {
  return [...diagnostics, ...suppressed.filter(({ diagnostic }) => diagnostic.category === 'security').map(toldAsIgnored)];
}

function toldAsIgnored({ diagnostic, reason }: SuppressedDiagnostic): Diagnostic {
  const { help: _, ...told } = diagnostic;
  return { ...told, severity: 'info', message: `${diagnostic.message}; the spec has it ignored: ${quote(reason)}` };
}
