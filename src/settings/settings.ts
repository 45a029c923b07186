import ignore from 'ignore';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggestion } from '../diagnostics/words.ts';
import { schemaProblems } from '../document/schema-problems.ts';
import type { CheckFile } from '../generated/check-file.ts';
import { validateCheckFile } from '../generated/validate-check-file.js';
import { fromPointer } from '../json/pointer.ts';
import { SpecSource } from '../spec/source.ts';
import { SpecError } from '../spec/spec-error.ts';

/** A certflow.check.yaml, read and found right. */
export interface Settings {
  readonly ignore: readonly IgnoreEntry[];
  /** As written: relative to the folder of the file. */
  readonly baseline?: string;
}

export interface IgnoreEntry {
  readonly rule: string;
  readonly reason: string;
  /** Whether it is about this finding. `path` is the finding's file, relative to the folder of the settings, with `/`. */
  readonly covers: (diagnostic: Diagnostic, path: string) => boolean;
  /** What to report where there is nothing that it could hide. */
  readonly idle: Diagnostic;
}

const docs = 'docs/suppressions.md';

/** Reads the text of a certflow.check.yaml. Throws a SpecError that holds every mistake with its line and column. */
export function parseSettings(text: string, file: string, ruleNames: readonly string[]): Settings {
  const source = new SpecSource(text, file);
  const mistake = { rule: 'check-file', severity: 'error', category: 'correctness', file, docs } as const;
  if (source.problems.length > 0)
    throw new SpecError(source.problems.map((problem) => ({ ...mistake, pointer: '', ...problem })));
  const value = source.value() ?? {};
  const mistakes: Diagnostic[] = schemaProblems(validateCheckFile, value).map(({ pointer, message, atKey, ...advice }) => ({
    ...mistake,
    message,
    pointer,
    range: source.rangeOf(pointer, atKey ? 'key' : 'value'),
    ...advice,
  }));
  const { ignore: entries = [], baseline } = value as CheckFile;
  if (mistakes.length === 0)
    for (const [index, { rule }] of entries.entries()) {
      const pointer = `/ignore/${index}/rule`;
      if (!ruleNames.includes(rule))
        mistakes.push({
          ...mistake,
          message: `there is no rule "${rule}"`,
          ...suggestion(rule, ruleNames, 'rules'),
          pointer,
          range: source.rangeOf(pointer),
        });
    }
  if (mistakes.length > 0) throw new SpecError(mistakes);
  return {
    ignore: entries.map((entry, index) => toEntry(entry, `/ignore/${index}`, source)),
    ...(baseline === undefined ? {} : { baseline }),
  };
}

function toEntry(
  { rule, reason, files, action }: NonNullable<CheckFile['ignore']>[number],
  pointer: string,
  source: SpecSource,
): IgnoreEntry {
  const patterns = files && ignore().add(files);
  return {
    rule,
    reason,
    covers: (diagnostic, path) =>
      diagnostic.rule === rule &&
      (patterns === undefined || (ignore.isPathValid(path) && patterns.ignores(path))) &&
      (action === undefined || isIn(action, diagnostic.pointer)),
    idle: {
      rule: 'suppression',
      severity: 'info',
      category: 'style',
      message: `there is no finding of ${rule} that this entry could hide`,
      help: 'take the entry out',
      file: source.file,
      pointer,
      range: source.rangeOf(`${pointer}/rule`),
      docs,
    },
  };
}

/** Whether a pointer leads into the operation of a name. */
function isIn(operation: string, pointer: string): boolean {
  const steps = fromPointer(pointer);
  return steps.some((step, at) => step === operation && (steps[at - 1] === 'actions' || steps[at - 1] === 'triggers'));
}
