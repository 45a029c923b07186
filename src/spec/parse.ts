import { timeZoneProblem } from '../cloud/time-zones.ts';
import { suggestion } from '../diagnostics/words.ts';
import { schemaProblems } from '../document/schema-problems.ts';
import type { SpecFile } from '../generated/spec-file.ts';
import { validateSpecFile } from '../generated/validate-spec-file.js';
import { fromPointer, toPointer } from '../json/pointer.ts';
import { withDefaultHeaders } from './default-headers.ts';
import { resolveEnvironments } from './environments.ts';
import { Findings } from './findings.ts';
import { GivenSpec } from './given.ts';
import { Layers } from './layers.ts';
import { type Source, SpecSource } from './source.ts';
import type { Environment, Spec } from './spec.ts';
import { SpecError } from './spec-error.ts';
import { checkExpressions } from './values.ts';
import { checkBesideWorkflow, readWorkflow, withWorkflow } from './workflow.ts';
import type { ReadWorkflowFile } from './workflow-file.ts';

export interface ParseOptions {
  /** The file's name in messages. Default: `certflow.yaml`. */
  readonly file?: string;
  /** Reads the file of a workflow that the spec names (`workflow: { file }`). Without it, a spec that names one is refused. */
  readonly readWorkflowFile?: ReadWorkflowFile;
}

/**
 * Reads a spec, finds what is wrong with it, and merges each environment. `spec` is the text of a certflow.yaml (YAML or JSON), or the value
 * that such a text has, which is read in a tenth of the time. Throws a SpecError that holds every mistake, those of a text with line and
 * column.
 */
export function parseSpec(spec: string | object, options: ParseOptions = {}): Spec {
  const { file: name = 'certflow.yaml' } = options;
  const source = typeof spec === 'string' ? new SpecSource(spec, name) : new GivenSpec(spec, name);
  const findings = new Findings(source);
  const value = readValue(source);

  const problems = schemaProblems(validateSpecFile, value);
  for (const { pointer, message, atKey, ...advice } of problems) {
    findings.error('spec-shape', pointer, message, advice, atKey ? 'key' : 'value');
    // What is missing because it is misspelt is no second mistake.
    if (advice.about?.meant !== undefined)
      findings.tell(pointer.slice(0, pointer.lastIndexOf('/')) + toPointer([advice.about.meant]));
  }
  if (typeof value !== 'object' || value === null) throw new SpecError(findings.errors);

  // What the schema refuses is taken out, so that the rest can still be looked at and all mistakes are told at once.
  const written =
    problems.length === 0
      ? (value as SpecFile)
      : prune(
          value,
          problems.map(({ pointer }) => pointer),
        );
  const workflowFile = readWorkflow(written, options.readWorkflowFile, findings);
  const file = workflowFile ? withWorkflow(written, workflowFile) : written;
  if (workflowFile) checkBesideWorkflow(written, findings);
  else {
    checkNames(file, findings);
    checkTimeZone(file, findings);
    file.requests?.forEach(({ url, headers, queries, body }, index) => {
      checkExpressions({ url, headers, queries, body }, `/requests/${index}`, findings);
    });
  }
  const environments = resolveEnvironments(file, findings);
  if (findings.errors.length > 0) throw new SpecError(findings.errors);
  return { ...assemble(file as WholeFile, environments, findings, source), ...(workflowFile && { workflowFile }) };
}

function readValue(source: Source): unknown {
  const diagnostic = {
    rule: 'spec-syntax',
    severity: 'error',
    category: 'correctness',
    file: source.file,
    pointer: '',
    docs: 'docs/certflow-yaml.md',
  } as const;
  const problems = source.problems;
  if (problems.length > 0) throw new SpecError(problems.map((problem) => ({ ...diagnostic, ...problem })));
  return source.value();
}

/** Without what is at the pointers. One may lie in another, or be called as what every object of JavaScript has. */
function prune(value: object, pointers: readonly string[]): Partial<SpecFile> {
  const copy = structuredClone(value) as Record<string, unknown>;
  for (const pointer of pointers) {
    const steps = fromPointer(pointer);
    const last = steps.pop();
    const parent = steps.reduce<unknown>(ownOf, copy);
    // An entry of a list leaves an empty group, so that those after it keep their places.
    if (last !== undefined && Array.isArray(parent)) parent[Number(last)] = {};
    else if (last !== undefined && typeof parent === 'object' && parent !== null)
      delete (parent as Record<string, unknown>)[last];
  }
  return copy;
}

function ownOf(group: unknown, key: string): unknown {
  return typeof group === 'object' && group !== null && Object.hasOwn(group, key) ? Reflect.get(group, key) : undefined;
}

/** The same as the checker asks of a definition. */
function checkTimeZone({ trigger }: Partial<SpecFile>, findings: Findings) {
  const zone = trigger?.recurrence?.timeZone;
  const problem = zone === undefined ? undefined : timeZoneProblem(zone);
  if (problem) findings.error('spec-value', '/trigger/recurrence/timeZone', problem.message, problem.help);
}

/** Names of requests become names of actions, where spaces are `_` and case does not count. */
function checkNames(file: Partial<SpecFile>, findings: Findings) {
  const taken = new Map([['get_secret', 'the step that reads the certificate']]);
  const take = (name: string | undefined, what: string, pointer: string, at: 'key' | 'value') => {
    if (name === undefined) return;
    const key = name.replaceAll(' ', '_').toLowerCase();
    const other = taken.get(key);
    if (other !== undefined)
      findings.error(
        'spec-value',
        pointer,
        `the name "${name}" is already that of ${other}`,
        'names of actions differ in more than case and spaces',
        at,
      );
    taken.set(key, what);
  };
  file.requests?.forEach((request, index) => {
    take(request?.name, `request ${index + 1}`, toPointer(['requests', index, 'name']), 'value');
  });
  for (const name of Object.keys(file.actions ?? {})) take(name, 'an action', toPointer(['actions', name]), 'key');
  const targets = Object.values(file.targets ?? {}).flatMap((target) =>
    Object.keys((target as { actions?: object }).actions ?? {}),
  );
  const known = new Set([...taken.keys(), ...targets.map((name) => name.toLowerCase())]);
  for (const [index, { action }] of (file.ignore ?? []).entries()) {
    if (action === undefined || known.has(action.replaceAll(' ', '_').toLowerCase())) continue;
    findings.error(
      'spec-value',
      `/ignore/${index}/action`,
      `there is no request and no action "${action}"`,
      suggestion(action, [...known], 'names'),
    );
  }
}

/** A file that has all that a spec is made of. */
type WholeFile = SpecFile & Required<Pick<SpecFile, 'trigger' | 'requests'>>;

function assemble(file: WholeFile, environments: readonly Environment[], findings: Findings, source: Source): Spec {
  const requests = file.requests.map(({ url, audience, method = 'GET', signIn = 'entra', ...request }, index) =>
    withDefaultHeaders(
      { method, signIn, ...request },
      environments.map(({ addresses }) => addresses[index]),
    ),
  );
  const layers = environments.map(({ name }) => new Layers(file, name));
  const overridden = requests.filter(({ name }) => layers.some((layer) => layer.request(name)?.value.url !== undefined));
  return {
    name: file.name,
    ...(file.id === undefined ? {} : { id: file.id }),
    ...(file.description === undefined ? {} : { description: file.description }),
    trigger: file.trigger,
    requests,
    actions: file.actions ?? {},
    ignore: file.ignore ?? [],
    environments: new Map(environments.map((environment) => [environment.name, environment])),
    overrides: { cloud: layers.some((layer) => layer.overrides('cloud')), urls: new Set(overridden.map(({ name }) => name)) },
    notes: findings.notes,
    source,
  };
}
