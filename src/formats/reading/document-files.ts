import type { Diagnostic, Range, Severity } from '../../diagnostics/diagnostic.ts';
import { UnreadableError } from '../../diagnostics/errors.ts';
import { LineTable } from '../../diagnostics/line-table.ts';
import { type FileTree, textOf } from '../../document/file-tree.ts';
import { JsonLocator, type Part } from '../../document/locate.ts';
import { isDeeperThan, parseJson } from '../../document/parse-json.ts';
import type { PackageRule } from './package-rules.ts';
import type { JsonFile } from './reader.ts';

/** Far deeper than any workflow, and shallow enough for every recursive walk. */
const deepest = 250;

/** Reads the files of one document and collects what is wrong with them. */
export class DocumentFiles {
  readonly tree: FileTree;
  readonly problems: Diagnostic[] = [];
  readonly #read = new Map<string, unknown>();
  readonly #places = new Map<string, FilePlaces>();

  constructor(tree: FileTree) {
    this.tree = tree;
  }

  /** A file that is there as JSON; undefined, and a problem, where it is none. */
  json(path: string): JsonFile | undefined {
    return this.once(path, (text) => this.parse(path, text));
  }

  /** What is made of a file's text, once, so that what is wrong with it is told once; undefined where it is not there. */
  once<Result>(path: string, make: (text: string) => Result | undefined): Result | undefined {
    if (!this.#read.has(path)) {
      const text = this.#textOf(path);
      this.#read.set(path, text === undefined ? undefined : make(text));
    }
    return this.#read.get(path) as Result | undefined;
  }

  /** One file that cannot be read does not stand in the way of the others. */
  #textOf(path: string): string | undefined {
    try {
      return textOf(this.tree, path);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.problems.push(syntaxProblem(this.tree.displayName(path), '', error.reason, 0));
      return undefined;
    }
  }

  /** The same for a file whose text is at hand. */
  parse(path: string, text: string): JsonFile | undefined {
    const file = this.tree.displayName(path);
    const parsed = parseJson(text);
    if ('problem' in parsed) this.problems.push(syntaxProblem(file, text, parsed.problem.message, parsed.problem.offset));
    else if (isDeeperThan(parsed.value, deepest)) this.problems.push(syntaxProblem(file, text, tooDeep, 0));
    else return { file, text, value: parsed.value };
    return undefined;
  }

  /** Tells of what a rule about packages finds. */
  report(rule: PackageRule, { path, message, help, severity, part = 'key', isSecret, at = '' }: PackageFinding) {
    const isPointer = typeof at === 'string';
    const range = isPointer
      ? this.#placesIn(path).json.rangeOf(at, part)
      : xmlRange(this.#placesIn(path).xml, at.lineNumber ?? 1, at.columnNumber ?? 1);
    this.problems.push({
      rule: rule.name,
      severity: severity ?? rule.severity,
      category: rule.category,
      message,
      file: this.tree.displayName(path),
      pointer: isPointer ? at : '',
      range,
      ...(isSecret && { isSecret }),
      ...(help === undefined ? {} : { help }),
      docs: `docs/rules/${rule.name}.md`,
    });
  }

  /** Kept, because a file of many flows has many findings. */
  #placesIn(path: string): FilePlaces {
    const places = this.#places.get(path) ?? new FilePlaces(textOf(this.tree, path) ?? '');
    this.#places.set(path, places);
    return places;
  }

  /** Says that a file cannot be used. */
  unusable(path: string, message: string) {
    this.problems.push(syntaxProblem(this.tree.displayName(path), textOf(this.tree, path) ?? '', message, 0));
  }
}

/** The places in a file's text, each kind worked out for the first finding that asks. */
class FilePlaces {
  readonly #text: string;
  #json: JsonLocator | undefined;
  #xml: LineTable | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get json(): JsonLocator {
    this.#json ??= new JsonLocator(this.#text);
    return this.#json;
  }

  get xml(): LineTable {
    this.#xml ??= new LineTable(this.#text);
    return this.#xml;
  }
}

/** A finding about a package. */
interface PackageFinding {
  readonly path: string;
  readonly message: string;
  readonly help?: string;
  /** Milder than the rule's, where real packages have it. */
  readonly severity?: Severity;
  /** The value at the place is a secret itself: no reporter shows its text. */
  readonly isSecret?: true;
  /** What of a value in JSON is marked. Default: its key. */
  readonly part?: Part;
  /** Where in the file: a pointer in JSON, a line and column in XML. Default: its start. */
  readonly at?: string | { readonly lineNumber?: number; readonly columnNumber?: number };
}

const tooDeep = `it is nested more than ${deepest} levels deep`;

function syntaxProblem(file: string, text: string, message: string, offset: number): Diagnostic {
  const position = new JsonLocator(text).positionOf(offset);
  return {
    rule: 'document-syntax',
    severity: 'error',
    category: 'correctness',
    message: `the file cannot be read: ${message}`,
    file,
    pointer: '',
    range: { start: position, end: position },
    docs: 'docs/commands/check.md',
  };
}

/** The place where an element begins. */
function xmlRange(lines: LineTable, line: number, column: number): Range {
  const position = { offset: lines.startOf(line) + column - 1, line, column };
  return { start: position, end: position };
}
