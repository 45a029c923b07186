import { type Command, Option } from 'commander';
import { checkDocument, isAtLeast } from '../../check-file.ts';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { renderGitHub } from '../../diagnostics/render-github.ts';
import { countBySeverity } from '../../diagnostics/render-pretty.ts';
import { suggest } from '../../diagnostics/words.ts';
import { openAll } from '../../open.ts';
import { checkedRules } from '../all-rules.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

interface Options {
  format: 'pretty' | 'json' | 'github';
  json?: true;
  severity: Severity;
  rule?: string[];
  ignore?: string[];
  failOn: Severity | 'never';
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<paths...>', 'files, project folders, packages and solutions (zipped or not), or folders to look through')
    .addOption(new Option('--format <name>', 'how to print the findings').choices(['pretty', 'json', 'github']).default('pretty'))
    .option('--json', 'the same as --format json')
    .addOption(new Option('--severity <severity>', 'the lightest findings to report').choices(severities).default('info'))
    .option('--rule <names...>', 'report findings of these rules only')
    .option('--ignore <names...>', 'report no findings of these rules')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 if there are findings this grave or graver')
        .choices([...severities, 'never'])
        .default('warning'),
    )
    .action(context.run((paths: string[], options: Options) => run(paths, options, context)));
  examples(command, [
    ['certflow check workflow.json', 'one file; its project is taken into account'],
    ['certflow check .', 'everything below this folder, without what .gitignore names'],
    ['certflow check flow.zip --fail-on error', 'a package; warnings do not fail'],
    ['certflow check . --format github', 'annotations in GitHub Actions'],
  ]);
}

interface Summary {
  files: number;
  workflows: number;
}

async function run(paths: readonly string[], options: Options, { output }: CommandContext): Promise<ExitCode> {
  const format = options.json ? 'json' : options.format;
  const filter = {
    severity: options.severity,
    ...(options.rule && { rules: options.rule.map(knownRule) }),
    ...(options.ignore && { ignore: options.ignore.map(knownRule) }),
  };
  const found: Diagnostic[] = [];
  const summary: Summary = { files: 0, workflows: 0 };
  for await (const document of openAll(paths, {
    onPassedOver: (name, reason) => output.note(`passed over ${name}: ${reason}`),
  })) {
    const diagnostics = checkDocument(document, filter);
    const texts = new Map(document.definitions.map(({ file, text }) => [file, text]));
    summary.files += new Set([...texts.keys(), ...document.problems.map(({ file }) => file)]).size;
    summary.workflows += document.definitions.length;
    // Printed as it comes: nothing of a document is kept but its findings.
    if (format === 'pretty') output.findings(diagnostics, (file) => texts.get(file));
    if (format === 'github' && diagnostics.length > 0) output.result(renderGitHub(diagnostics));
    for (const diagnostic of diagnostics) found.push(diagnostic);
  }
  if (format === 'json') output.json({ summary: { ...summary, ...bySeverity(found) }, diagnostics: found });
  else output.note(summaryLine(summary, found));
  const { failOn } = options;
  return failOn !== 'never' && found.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
}

/** What is reported by reading, not by a rule. */
const readingRules = ['document-syntax'];

function knownRule(name: string): string {
  const names = [...checkedRules.map((rule) => rule.name), ...readingRules];
  if (!names.includes(name))
    throw new UsageError(`there is no rule "${name}": ${suggest(name, names, 'rules')} ("certflow rules" lists them)`);
  return name;
}

function bySeverity(found: readonly Diagnostic[]) {
  const count = (wanted: Severity) => found.filter(({ severity }) => severity === wanted).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

function summaryLine({ files, workflows }: Summary, found: readonly Diagnostic[]): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `${count(files, 'file')}, ${count(workflows, 'workflow')}: ${found.length === 0 ? 'no findings' : countBySeverity(found)}`;
}
