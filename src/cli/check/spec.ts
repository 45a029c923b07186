import { type Diagnostic, inTextOrder } from '../../diagnostics/diagnostic.ts';
import { formatsFor } from '../../formats/for-targets.ts';
import { type CheckFileOptions, counts } from '../../library/check-document.ts';
import { generateLazily } from '../../library/generate-lazily.ts';
import { specText, workflowsFrom } from '../../library/load-spec.ts';
import { parseSpec } from '../../spec/parse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { Found } from './reporters/reporter.ts';

/**
 * What is wrong with a spec, and with what is made of it for each of its environments and targets; nothing is written. Throws an
 * UnreadableError for a file that cannot be read.
 */
export async function examineSpec(path: string, options: CheckFileOptions): Promise<Found & { readonly workflows: number }> {
  const text = specText(path);
  const found = new Map<string, Diagnostic>();
  const take = (diagnostic: Diagnostic) => {
    const { rule, pointer, message } = diagnostic;
    // Environments and targets share what is told of them all.
    if (counts(diagnostic, options)) found.set(JSON.stringify([rule, pointer, message]), diagnostic);
  };
  const workflows = await takingErrors(take, async () => {
    const spec = parseSpec(text, { file: path, readWorkflowFile: workflowsFrom(path) });
    spec.notes.forEach(take);
    const all = [...spec.environments.values()].flatMap((environment) =>
      formatsFor(environment).map((format) => ({ environment: environment.name, format })),
    );
    for (const { environment, format } of all)
      await takingErrors(take, async () => {
        await generateLazily(spec, { format, ...(environment === '' ? {} : { environment }), report: take });
      });
    return 1;
  });
  return {
    diagnostics: inTextOrder([...found.values()]),
    suppressed: [],
    secrets: () => [],
    textOf: (file) => (file === path ? text : undefined),
    workflows: workflows ?? 0,
  };
}

async function takingErrors<Result>(
  take: (diagnostic: Diagnostic) => void,
  act: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    error.diagnostics.forEach(take);
    return undefined;
  }
}
