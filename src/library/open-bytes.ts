import { UsageError } from '../diagnostics/errors.ts';
import { SingleFile } from '../document/file-tree.ts';
import { isZip, ZipError } from '../document/unzip.ts';
import { type OpenTreeOptions, openFile, openZip } from '../formats/reading/open-tree.ts';
import type { OpenedDocument } from '../formats/reading/opened-document.ts';

export interface OpenOptions {
  /** What messages call it. Default: its path, or `the document`. */
  readonly name?: string;
  /** Which files of a zip are unpacked: `workflows` (default) those that tell of workflows, `all` everything, for `convert`. */
  readonly contents?: 'workflows' | 'all';
}

/** What `open` does with bytes, where there is no disk: those of a file or of a zip. Throws the same. */
export async function open(bytes: Uint8Array, options: OpenOptions = {}): Promise<OpenedDocument> {
  const { name = 'the document', contents = 'workflows' } = options;
  return onlyDocument(openBytes(bytes, name, { contents }), name);
}

/** The one document among those opened under a name. Throws a UsageError where there is none, or more than one. */
export async function onlyDocument(documents: AsyncIterable<OpenedDocument>, name: string): Promise<OpenedDocument> {
  const found: OpenedDocument[] = [];
  for await (const document of documents) found.push(document);
  const [first] = found;
  if (!first) throw noWorkflow(name);
  if (found.length > 1) {
    const names = found.map((document) => document.name);
    throw new UsageError(
      `${name} holds several documents; open one of them: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`,
    );
  }
  return first;
}

/** The documents in the bytes of a file or zip. */
export async function* openBytes(bytes: Uint8Array, name: string, options: OpenTreeOptions): AsyncGenerator<OpenedDocument> {
  if (isZip(bytes)) {
    try {
      yield* openZip(bytes, name, options);
    } catch (error) {
      if (error instanceof ZipError) throw new UsageError(`${name} cannot be read: ${error.message}`, { cause: error });
      throw error;
    }
    return;
  }
  const document = openFile(new SingleFile(name, bytes), name, { isNamed: true });
  const [problem] = document?.problems ?? [];
  if (problem && document?.definitions.length === 0) {
    const { line, column } = problem.range?.start ?? { line: 1, column: 1 };
    throw new UsageError(
      `${fileName(name)} holds no workflow that can be read; at line ${line}, column ${column}: ${problem.message}`,
    );
  }
  if (document) yield document;
}

/** The last part of a path, on every platform. */
function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

export function noWorkflow(name: string): UsageError {
  return new UsageError(
    `${name} holds no workflow. Name a workflow definition, an ARM template, a Logic Apps project, a flow, or a Power Automate package or solution.`,
  );
}
