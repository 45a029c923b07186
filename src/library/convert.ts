import { UsageError } from '../diagnostics/errors.ts';
import { nameProblem } from '../document/file-name.ts';
import { rewrite as rewriteFlowPackage } from '../formats/flow-package/rewrite.ts';
import type { GeneratedFile } from '../formats/format.ts';
import type { OpenedDocument } from '../formats/reading/opened-document.ts';
import { rewrite as rewriteSolution } from '../formats/solution/rewrite.ts';
import { toJson } from '../formats/writing/json.ts';

export interface ConvertOptions {
  /** Hears of each part that certflow has no model of and takes over as it is: a file, or `solution.xml: SolutionManifest/MissingDependencies`. */
  readonly onCarriedOver?: (part: string) => void;
}

const rewriters = { solution: rewriteSolution, 'flow-package': rewriteFlowPackage };

/** `definition`, or the document's own format where that is a package. */
export type ConvertFormat = 'definition' | 'solution' | 'flow-package';

/**
 * Writes an opened document anew: as the definitions in it, a file each; or a package in its own format, from what certflow understood
 * of it, with everything else taken over as it is. The files lie as in the document; `zip` makes a zip of them. A zip must have
 * been opened with `contents: 'all'`. Throws a UsageError for what it cannot be written as.
 */
export function convert(document: OpenedDocument, format: ConvertFormat, options: ConvertOptions = {}): GeneratedFile[] {
  const [problem] = document.problems.filter(({ rule }) => rule === 'document-syntax');
  if (problem) throw new UsageError(`${problem.file} cannot be converted: ${problem.message}`);
  if (format === 'definition') return definitions(document);
  const rewritten = document.format === format ? rewriters[format](document.files, document.root) : undefined;
  if (!rewritten)
    throw new UsageError(
      `${document.name} cannot be written as ${format}: it is of the format "${document.format}". Write a certflow.yaml for the flow, and generate it`,
    );
  for (const part of rewritten.carriedOver) options.onCarriedOver?.(part);
  return [...rewritten.files];
}

function definitions({ definitions }: OpenedDocument): GeneratedFile[] {
  const taken = new Set<string>();
  return definitions.map(({ name = 'definition', definition }) => {
    const plain = name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, '_');
    // A flow may be called so, and a file may not.
    const base = nameProblem(`${plain}.json`) === undefined ? plain : `_${plain}`;
    let path = `${base}.json`;
    for (let number = 2; taken.has(path.toLowerCase()); number++) path = `${base} ${number}.json`;
    taken.add(path.toLowerCase());
    return { path, contents: toJson(definition) };
  });
}
