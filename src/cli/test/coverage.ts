import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { replaceFile } from '../../disk/write.ts';
import { JsonLocator } from '../../document/locate.ts';
import type { OpenedDefinition } from '../../formats/reading/opened-document.ts';
import { picture } from '../../library/picture.ts';
import { type CoveredKind, type CoveredPart, coverageOf, merged, unreached } from '../../test-runner/coverage.ts';
import type { Tested } from './test-file.ts';

/** What the cases of all test files of one workflow reach. */
export interface WorkflowCoverage {
  /** The workflow as the tests name it. */
  readonly file: string;
  readonly name?: string;
  readonly parts: readonly CoveredPart[];
  /** What no case reaches, at its place. */
  readonly findings: readonly Diagnostic[];
  readonly workflow: OpenedDefinition;
}

/** Of each workflow that could be tested, in the order of the test files. */
export function coverageOfAll(tested: readonly Tested[]): WorkflowCoverage[] {
  const byWorkflow = new Map<string, Tested[]>();
  for (const one of tested.filter(({ result }) => result)) {
    const { path, workflow } = one;
    const key = JSON.stringify([path, workflow.file, workflow.pointer, workflow.name]);
    byWorkflow.set(key, [...(byWorkflow.get(key) ?? []), one]);
  }
  return [...byWorkflow.values()].flatMap((files) => {
    const [first] = files;
    if (!first) return [];
    const { path, workflow } = first;
    const all = files.map(({ result }) => coverageOf(workflow.definition, result?.cases.flatMap(({ run }) => run ?? []) ?? []));
    const parts = merged(all);
    const findings = unreached(parts).map((part) => finding(part, path, workflow));
    return [{ file: path, ...(workflow.name !== undefined && { name: workflow.name }), parts, findings, workflow }];
  });
}

function finding({ words, pointer }: CoveredPart, path: string, { file, text, pointer: base }: OpenedDefinition): Diagnostic {
  const told = {
    rule: 'test-coverage',
    severity: 'info',
    category: 'correctness',
    docs: 'docs/commands/test.md',
    message: `no case ${words}`,
  } as const;
  // The definition that a spec becomes stands in no file.
  if (/\.ya?ml$/i.test(path)) return { ...told, file: path, pointer };
  return { ...told, file, pointer: base + pointer, range: new JsonLocator(text).rangeOf(base + pointer, 'key') };
}

const words: Readonly<Record<CoveredKind, string>> = { action: 'actions', branch: 'branches', state: 'states of runAfter' };

/** How many parts of each kind there are, and how many are reached. */
export function countsOf(parts: readonly CoveredPart[]): { kind: CoveredKind; words: string; reached: number; all: number }[] {
  return (['action', 'branch', 'state'] as const).map((kind) => {
    const own = parts.filter((part) => part.kind === kind);
    return { kind, words: words[kind], reached: own.filter(({ isReached }) => isReached).length, all: own.length };
  });
}

/** Draws the one workflow that was tested, with what no case reaches: Mermaid for Markdown, else SVG. Throws a UsageError where there are several. */
export function drawCoverage(file: string, all: readonly WorkflowCoverage[]) {
  const [only, ...others] = all;
  if (!only || others.length > 0)
    throw new UsageError(
      only
        ? `${all.length} workflows were tested, and one can be drawn: name the test files of one`
        : 'no workflow could be tested: there is nothing to draw',
    );
  const { definition, ...around } = only.workflow;
  const missed = only.parts.filter(({ isReached }) => !isReached).map(({ pointer }) => pointer);
  const drawn = picture(definition, { ...around, name: only.name ?? only.file, unreached: missed });
  replaceFile(file, /\.(?:md|mmd|mermaid)$/i.test(file) ? inMarkdown(file, drawn.mermaid) : drawn.svg);
}

function inMarkdown(file: string, mermaid: string): string {
  return /\.md$/i.test(file) ? `\`\`\`mermaid\n${mermaid}\`\`\`\n` : mermaid;
}
