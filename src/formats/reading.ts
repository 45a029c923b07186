import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type FileTree, textOf } from '../document/file-tree.ts';
import { JsonLocator } from '../document/locate.ts';
import { isDeeperThan, parseJson } from '../document/parse-json.ts';
import type { JsonFile } from './reader.ts';

/** Far deeper than any workflow, and shallow enough for every recursive walk. */
const deepest = 250;

/** Reads the files of one document and collects what is wrong with them. */
export class Reading {
  readonly tree: FileTree;
  readonly problems: Diagnostic[] = [];

  constructor(tree: FileTree) {
    this.tree = tree;
  }

  /** A file that is there as JSON; undefined, and a problem, where it is none. */
  json(path: string): JsonFile | undefined {
    const text = textOf(this.tree, path);
    return text === undefined ? undefined : this.parse(path, text);
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

  /** Says that a file cannot be used. */
  unusable(path: string, message: string) {
    this.problems.push(syntaxProblem(this.tree.displayName(path), textOf(this.tree, path) ?? '', message, 0));
  }
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
