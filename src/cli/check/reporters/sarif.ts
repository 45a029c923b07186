import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Sarif from 'sarif';
import type { Examination } from '../../../check/check.ts';
import type { SuppressedDiagnostic } from '../../../check/suppressions.ts';
import { type Diagnostic, fixesOf, type PathStep, type Range, type Severity } from '../../../diagnostics/diagnostic.ts';
import type { Fix } from '../../../diagnostics/fix.ts';
import { hideSource } from '../../../diagnostics/hide-source.ts';
import { textEditsOf } from '../../../document/edit-json.ts';
import { JsonLocator } from '../../../document/locate.ts';
import { rulePages } from '../../../generated/rule-pages.ts';
import { homepage, version } from '../../../generated/version.ts';
import { checkedRules } from '../../../library/all-rules.ts';
import type { CreateReporter } from './reporter.ts';

/** SARIF knows the levels by other names. */
const levels: Readonly<Record<Severity, Sarif.Result.level>> = { error: 'error', warning: 'warning', info: 'note' };

/** Paths are relative to the folder that certflow was started in. */
const base = '%SRCROOT%';

/** For code scanning. */
export const sarif: CreateReporter = ({ output }) => {
  const log = new SarifLog();
  return { add: ({ textOf, ...examined }) => log.add(examined, textOf), end: () => output.json(log.toJson()) };
};

/**
 * Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format). Built up document by document, because fixes need the
 * texts and those are not kept. Shows no source text.
 */
export class SarifLog {
  readonly #results: Sarif.Result[] = [];
  readonly #rules = new Map<string, number>();
  readonly #seen = new Map<string, number>();

  /** `textOf` gives the text of a file, for fixes. */
  add({ diagnostics, suppressed }: Examination, textOf: (file: string) => string | undefined) {
    const locators = new Map<string, JsonLocator>();
    const locatorOf = (file: string) => {
      const text = locators.has(file) ? undefined : textOf(file);
      if (text !== undefined) locators.set(file, new JsonLocator(text));
      return locators.get(file);
    };
    for (const diagnostic of diagnostics) this.#results.push(this.#result(diagnostic, locatorOf));
    for (const { diagnostic, ...suppression } of suppressed)
      this.#results.push({ ...this.#result(diagnostic, locatorOf), suppressions: [toSuppression(suppression)] });
  }

  toJson(): Sarif.Log {
    return {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'certflow',
              ...(homepage !== undefined && { informationUri: homepage }),
              semanticVersion: version,
              version,
              rules: [...this.#rules.keys()].map(toRule),
            },
          },
          automationDetails: { id: 'certflow/' },
          columnKind: 'utf16CodeUnits',
          originalUriBaseIds: { [base]: { description: { text: 'The folder that certflow was started in.' } } },
          results: this.#results,
        },
      ],
    };
  }

  #result(diagnostic: Diagnostic, locatorOf: (file: string) => JsonLocator | undefined): Sarif.Result {
    const { rule, severity, message, help, file, pointer, range, path, further } = diagnostic;
    const ruleIndex = this.#rules.get(rule) ?? this.#rules.size;
    this.#rules.set(rule, ruleIndex);
    const locator = file === undefined ? undefined : locatorOf(file);
    const fixes = file !== undefined && locator && !isPacked(file) ? toFix(fixesOf(diagnostic), file, locator) : undefined;
    return {
      ruleId: rule,
      ruleIndex,
      level: levels[severity],
      message: { text: [message, ...(help === undefined ? [] : [help])].map(sentence).join(' ') },
      locations: [toLocation({ ...(file === undefined ? {} : { file }), pointer, ...(range && { range }) })],
      partialFingerprints: { 'certflow/v1': this.#fingerprint(diagnostic) },
      ...(path && { codeFlows: [{ threadFlows: [{ locations: path.map((step) => ({ location: toLocation(step) })) }] }] }),
      ...(further && { relatedLocations: further.map(toLocation) }),
      ...(fixes && { fixes: [fixes] }),
    };
  }

  /** The same as long as rule, file and the way through the document are the same: lines may move, and words get better. */
  #fingerprint({ rule, file = '', pointer }: Diagnostic): string {
    const place = [rule, slashes(file), pointer].join('\0');
    const count = (this.#seen.get(place) ?? 0) + 1;
    this.#seen.set(place, count);
    return process.getBuiltinModule('node:crypto').createHash('sha256').update(`${place}\0${count}`).digest('hex').slice(0, 32);
  }
}

function toRule(name: string): Sarif.ReportingDescriptor {
  const rule = checkedRules.find((each) => each.name === name);
  const page = rulePages[name] ?? '';
  // What is no rule of the list has a page of a wider matter.
  const summary = rule?.summary ?? 'A file that cannot be read, or a suppression that does nothing';
  return {
    id: name,
    // Of one word, it would be the id again, which SARIF does not want.
    ...(name.includes('-') && { name: name.split('-').map(capital).join('') }),
    shortDescription: { text: sentence(summary) },
    fullDescription: { text: sentence(summary) },
    help: { text: `certflow explain ${name}`, markdown: page },
    defaultConfiguration: { level: levels[rule?.severity ?? 'warning'] },
    properties: { tags: [rule?.category ?? 'correctness'] },
  };
}

function toLocation({ file, pointer, range, message }: Partial<PathStep> & Pick<PathStep, 'pointer'>): Sarif.Location {
  return {
    ...(file !== undefined && {
      physicalLocation: {
        artifactLocation: artifact(file),
        // The lines of an entry are not those of the zip, and who reads the log expects a region.
        ...(range && { region: isPacked(file) ? start : toRegion(range) }),
      },
    }),
    logicalLocations: [{ fullyQualifiedName: isPacked(file) ? `${slashes(entryOf(file))}#${pointer}` : pointer || '/' }],
    ...(message !== undefined && { message: { text: sentence(message) } }),
  };
}

/** What mends a finding in all its places, as one fix: SARIF takes several for a choice. */
function toFix([fix, ...further]: readonly Fix[], file: string, locator: JsonLocator): Sarif.Fix | undefined {
  if (!fix) return undefined;
  const edits = textEditsOf({ ...fix, edits: [fix, ...further].flatMap((one) => one.edits) }, locator);
  // What moves is source text, and anything may stand in that.
  if (!edits || edits.some(({ content }) => !isShown(content))) return undefined;
  const replacements = edits.map(({ offset, length, content }) => ({
    deletedRegion: toRegion({ start: locator.positionOf(offset), end: locator.positionOf(offset + length) }),
    ...(content !== '' && { insertedContent: { text: content } }),
  }));
  return {
    description: { text: sentence(fix.description) },
    artifactChanges: [{ artifactLocation: artifact(file), replacements }],
  };
}

/** A member is read as in a group, after the comma that an edit may put before it. */
function isShown(content: string): boolean {
  const text = `{${content.replace(/^\s*,/, '')}`;
  return hideSource(text) === text;
}

function toRegion({ start, end }: Range): Sarif.Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function toSuppression({ by, reason }: Omit<SuppressedDiagnostic, 'diagnostic'>): Sarif.Suppression {
  return { kind: by === 'definition' ? 'inSource' : 'external', status: 'accepted', justification: reason };
}

/** A file as a URI; of one inside a zip, the zip. */
function artifact(file: string): Sarif.ArtifactLocation {
  const [, zip = file] = packed.exec(file) ?? [];
  if (isAbsolute(zip)) return { uri: pathToFileURL(zip).href };
  const uri = slashes(zip).split('/').map(encodeURIComponent).join('/');
  return { uri: uri.replace(/^(?:\.\/)+/, ''), uriBaseId: base };
}

const start: Sarif.Region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

const packed = /^(.*\.zip)!(.+)$/i;

function isPacked(file = ''): boolean {
  return packed.test(file);
}

function entryOf(file = ''): string {
  return packed.exec(file)?.[2] ?? '';
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** SARIF wants sentences: a capital first, a full stop last. */
function sentence(text: string): string {
  const whole = /[.!?]$/.test(text) ? text : `${text}.`;
  // A name such as runAfter keeps its spelling.
  return /^[a-z]+\b/.test(text) ? capital(whole) : whole;
}
