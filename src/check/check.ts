import type { Surroundings } from '../definition/surroundings.ts';
import { type Diagnostic, inTextOrder, type PathStep, type Place } from '../diagnostics/diagnostic.ts';
import { type Fix, within } from '../diagnostics/fix.ts';
import { hideSecretForms } from '../diagnostics/secret-forms.ts';
import { withoutSecrets } from '../diagnostics/without-secrets.ts';
import { JsonLocator, type Part } from '../document/locate.ts';
import { fromPointer, pointerStep } from '../json/pointer.ts';
import { aboutOf } from './about.ts';
import type { Finding, Rule, Step, SurroundingPart } from './rule.ts';
import { rules } from './rules/index.ts';
import { Subject } from './subject.ts';
import { listSuppressions, reportIdle, type SuppressedDiagnostic, type Suppression, Suppressions } from './suppressions.ts';

/** Where a JSON value stands. */
export interface TextPlace {
  /** The file's name in the findings. */
  readonly file?: string;
  /** The text of the file (JSON, comments allowed): gives the findings their ranges. */
  readonly text?: string;
  /** Where in the file the value stands, such as `/definition`. Default: it is the whole file. */
  readonly pointer?: string;
}

export interface CheckOptions extends Surroundings, TextPlace {
  /** Pointers within the definition of strings that differ from the text's: findings in them are shown at the whole string. */
  readonly filledIn?: ReadonlySet<string>;
  /** @internal One that knows the text already. */
  readonly locator?: JsonLocator;
  /**
   * Where the surroundings stand, for findings in them. Without it, such a finding is told at the part of the definition that it
   * concerns. A place without `file` is in the definition's own file.
   */
  readonly places?: Readonly<Partial<Record<SurroundingPart, TextPlace>>>;
}

/**
 * Checks a workflow definition (parsed JSON, anything at all) as Azure would, and for leaks of secrets.
 * Gives the findings, in the order of the text where it is known; none means that it is fine. Never throws for what the definition holds.
 */
export function check(definition: unknown, options: CheckOptions = {}): Diagnostic[] {
  return examine(definition, options).diagnostics;
}

/** The same, with the findings that the definition itself says are to be ignored. */
export function examine(definition: unknown, options: CheckOptions = {}): Examination {
  const subject = new Subject(definition, options);
  const locators = new Map<string, JsonLocator>();
  if (options.locator && options.text !== undefined) locators.set(options.text, options.locator);
  const found: Diagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  const suppressions = new Suppressions(listSuppressions(subject));
  const used = new Set<Suppression>();
  // One function for all rules: most of them find nothing in most definitions.
  let rule: Rule;
  const told = (one: Finding) => withoutSecrets(toDiagnostic(rule, one, subject, options, locators));
  const isOpen = (one: Finding) => {
    const suppression = suppressions.of(rule.name, one);
    if (suppression?.reason === undefined) return true;
    used.add(suppression);
    suppressed.push({ diagnostic: told(one), reason: hideSecretForms(suppression.reason), by: 'definition' });
    return false;
  };
  const report = (finding: Finding) => {
    const { further = [], ...first } = finding;
    const [head, ...rest] = [first, ...further].filter(isOpen);
    if (head) found.push(told(asOne(head, rest)));
  };
  for (rule of rules) rule.check(subject, report);
  const names = rules.map(({ name }) => name);
  reportIdle(suppressions.all, used, names, (finding) =>
    found.push(withoutSecrets(toDiagnostic(idleSuppression, finding, subject, options, locators))),
  );
  return { diagnostics: inTextOrder(found), suppressed };
}

/** Told of after all rules: only then is it known which suppressions did something. */
const idleSuppression = { name: 'suppression', severity: 'warning', category: 'style' } as const;

/** What a check finds. */
export interface Examination {
  readonly diagnostics: Diagnostic[];
  readonly suppressed: SuppressedDiagnostic[];
}

function toDiagnostic(
  { name, severity, category }: Pick<Rule, 'name' | 'severity' | 'category'>,
  finding: Finding,
  subject: Subject,
  options: CheckOptions,
  locators: Map<string, JsonLocator>,
): Diagnostic {
  const place = placeOf(finding, options);
  const pointer = (place.pointer ?? '') + (place.within ?? finding.pointer);
  const { text, file } = place;
  const locator = locatorOf(text, locators);
  const { path, further } = finding;
  const about = aboutOf(finding, subject);
  const fix = toFix(finding, options);
  return {
    rule: name,
    severity: finding.severity ?? severity,
    category,
    message: finding.message,
    ...(file === undefined ? {} : { file }),
    pointer,
    ...(locator && { range: locator.rangeOf(pointer, partOf(finding, options)) }),
    ...(path && { path: path.map((step) => toPathStep(step, options, locators)) }),
    ...(further && { further: further.map((one) => toPlace(one, options, locators)) }),
    ...(finding.isSecret && { isSecret: true }),
    ...(finding.help === undefined ? {} : { help: finding.help }),
    ...(about && { about }),
    ...(fix && { fix }),
    docs: name === idleSuppression.name ? 'docs/suppressions.md' : `docs/rules/${name}.md`,
  };
}

/** The way of the one that is furthest passes by all of them. */
function asOne(head: Finding, further: readonly Finding[]): Finding {
  if (further.length === 0) return head;
  const { path } = further.at(-1) ?? head;
  const more = `the same at ${further.length.toLocaleString('en')} more place${further.length === 1 ? '' : 's'} of its way`;
  return { ...head, message: `${head.message}; ${more}`, ...(path && { path }), further };
}

function toFix({ fix }: Finding, options: CheckOptions): Fix | undefined {
  return fix && isWritten(fix, options) ? within(options.pointer ?? '', fix) : undefined;
}

/** What the last step of a way says of a place is all that is told of it. */
function toPlace(finding: Finding, options: CheckOptions, locators: Map<string, JsonLocator>): Place {
  const { pointer, path, message } = finding;
  const fix = toFix(finding, options);
  return { ...toPathStep(path?.at(-1) ?? { pointer, message }, options, locators), ...(fix && { fix }) };
}

function toPathStep(step: Step, options: CheckOptions, locators: Map<string, JsonLocator>): PathStep {
  const place = step.sibling ?? options;
  const pointer = (place.pointer ?? '') + step.pointer;
  const locator = locatorOf(place.text, locators);
  return {
    message: step.message,
    ...(place.file === undefined ? {} : { file: place.file }),
    pointer,
    ...(locator && { range: locator.rangeOf(pointer, partOf(step, place)) }),
  };
}

function locatorOf(text: string | undefined, locators: Map<string, JsonLocator>): JsonLocator | undefined {
  if (text === undefined) return undefined;
  const locator = locators.get(text) ?? new JsonLocator(text);
  locators.set(text, locator);
  return locator;
}

/** What is marked of a value: of a string that ARM fills in, all of it, for the text has another. */
function partOf(
  finding: Pick<Finding, 'pointer' | 'part' | 'in'>,
  { filledIn }: Pick<CheckOptions, 'filledIn'>,
): Part | undefined {
  const isFilledIn = finding.in === undefined && filledIn?.has(finding.pointer) && finding.part !== 'key';
  return isFilledIn ? 'value' : finding.part;
}

/** Whether what a fix changes stands in the file: what ARM fills in does not. */
function isWritten({ edits }: Fix, { filledIn = new Set() }: CheckOptions): boolean {
  const isFilledIn = (pointer: string): boolean =>
    filledIn.has(pointer) || (pointer !== '' && isFilledIn(pointer.slice(0, pointer.lastIndexOf('/'))));
  return !edits.some((edit) => isFilledIn(edit.pointer) || (edit.kind === 'move' && isFilledIn(edit.from)));
}

/** Where a finding is shown; `within` where that is another pointer than its own. */
function placeOf(finding: Finding, options: CheckOptions): TextPlace & { within?: string } {
  if (finding.in === undefined) return options;
  const place = options.places?.[finding.in];
  if (!place) return { ...options, within: concerned(finding) };
  return place.file === undefined ? { ...options, ...place } : place;
}

/** The part of the definition that a finding outside it concerns: of a parameter's value, its declaration. */
function concerned({ in: place, pointer }: Finding): string {
  const [name] = fromPointer(pointer);
  return place === 'parameters' ? `/parameters${name === undefined ? '' : pointerStep(name)}` : '';
}
