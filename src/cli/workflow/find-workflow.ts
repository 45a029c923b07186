import { UsageError } from '../../diagnostics/errors.ts';
import { choice } from '../../diagnostics/words.ts';
import type { OpenedDefinition } from '../../formats/reading/opened-document.ts';
import { generateLazily } from '../../library/generate-lazily.ts';
import { openAll } from '../../library/open.ts';
import { openBytes } from '../../library/open-bytes.ts';
import type { Output } from '../output.ts';
import { readSpec } from '../read-spec.ts';

export interface Wanted {
  /** Which workflow, where there are several. */
  readonly name?: string;
  /** For which environment, where the file is a spec that has several. */
  readonly environment?: string;
}

/**
 * The one workflow that is meant: of a spec, of a file, a folder or a package. Throws a UsageError where there is none or several, and
 * what reading throws.
 */
export async function findWorkflow(path: string, { name, environment }: Wanted, output: Output): Promise<OpenedDefinition> {
  const found: OpenedDefinition[] = [];
  const documents = /\.ya?ml$/i.test(path) ? await definitionOf(path, environment, output) : openAll([path]);
  for await (const document of documents) found.push(...document.definitions);
  // Of two with one name, the files tell them apart.
  const names = found.map((one) =>
    found.filter(({ name }) => name === one.name).length > 1 ? one.file : (one.name ?? one.file),
  );
  if (name !== undefined) {
    const wanted = found.filter((_, index) => names[index]?.toLowerCase() === name.toLowerCase());
    const [only] = wanted;
    if (only && wanted.length === 1) return only;
    throw new UsageError(`there is no single workflow "${name}" in ${path}: ${choice(name, names)}`);
  }
  const [only, other] = found;
  if (!only) throw new UsageError(`${path} holds no workflow`);
  if (other) throw new UsageError(`${path} holds several workflows: name one of ${names.join(', ')}`);
  return only;
}

/** The definition that a spec becomes. */
async function definitionOf(path: string, environment: string | undefined, output: Output) {
  const spec = readSpec(path, output);
  const files = await generateLazily(spec, { format: 'definition', ...(environment !== undefined && { environment }) });
  // With the values of its parameters, which the bare definition has not.
  const contents = files.find((one) => one.path.endsWith('code-view.json'))?.contents ?? '';
  return openBytes(typeof contents === 'string' ? new TextEncoder().encode(contents) : contents, 'code-view.json', {});
}
