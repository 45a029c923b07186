import { type Command, Option } from 'commander';
import { checkedRules } from '../../all-rules.ts';
import type { Examination } from '../../check/check.ts';
import type { SuppressedDiagnostic } from '../../check/suppressions.ts';
import { examineDocument, isAtLeast } from '../../check-document.ts';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { renderGitHub } from '../../diagnostics/render-github.ts';
import { countBySeverity } from '../../diagnostics/render-pretty.ts';
import { suggest } from '../../diagnostics/words.ts';
import { openAll } from '../../open.ts';
import type { FixResult } from '../check/fix.ts';
import { suppressionsFor, toKnown } from '../check/suppress.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { replaceFile } from '../write-files.ts';

interface Options {
  format: 'pretty' | 'json' | 'github' | 'sarif';
  json?: true;
  severity: Severity;
  rule?: string[];
  ignore?: string[];
  failOn: Severity | 'never';
  fix?: true;
  dryRun?: true;
  summary?: true;
  config?: string;
  baseline?: string;
  updateBaseline?: true;
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<paths...>', 'files, project folders, packages and solutions (zipped or not), or folders to look through')
    .addOption(
      new Option('--format <name>', 'how to print the findings').choices(['pretty', 'json', 'github', 'sarif']).default('pretty'),
    )
    .option('--json', 'the same as --format json')
    .addOption(new Option('--severity <severity>', 'the lightest findings to report').choices(severities).default('info'))
    .option('--rule <names...>', 'report findings of these rules only')
    .option('--ignore <names...>', 'report no findings of these rules')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 if there are findings this grave or graver')
        .choices([...severities, 'never'])
        .default('warning'),
    )
    .option('--fix', 'mend what is sure to be mended rightly, in the files, and report what is left')
    .option('--dry-run', 'with --fix: change nothing, and print what would change as a diff')
    .option('--summary', 'print a score sheet: a line for each workflow, and the certificates and audiences in use')
    .option('--config <file>', 'what not to report. Default: certflow.check.yaml beside or above each path')
    .option('--baseline <file>', 'do not report the findings that this file remembers')
    .option('--update-baseline', 'write all findings that there are now into the baseline')
    .action(context.run((paths: string[], options: Options) => run(paths, options, context)));
  examples(command, [
    ['certflow check workflow.json', 'one file; its project is taken into account'],
    ['certflow check .', 'everything below this folder, without what .gitignore names'],
    ['certflow check flow.zip --fail-on error', 'a package; warnings do not fail'],
    ['certflow check . --fix --dry-run', 'what --fix would change'],
    ['certflow check . --summary', 'an estate at a glance, in Markdown'],
    ['certflow check . --format github', 'annotations in GitHub Actions'],
    ['certflow check . --format sarif > certflow.sarif', 'for code scanning'],
  ]);
}

interface Summary {
  files: number;
  workflows: number;
}

async function run(paths: readonly string[], options: Options, { output }: CommandContext): Promise<ExitCode> {
  const format = options.json ? 'json' : options.format;
  refuseContradictions(options, format);
  const filter = {
    severity: options.severity,
    ...(options.rule && { rules: options.rule.map(knownRule) }),
    ...(options.ignore && { ignore: options.ignore.map(knownRule) }),
  };
  // Each is loaded only where it was asked for.
  const sarif = format === 'sarif' ? new (await import('../check/sarif.ts')).SarifLog() : undefined;
  const sheet = options.summary ? new (await import('../check/score-sheet.ts')).ScoreSheet() : undefined;
  const fix = options.fix ? (await import('../check/fix.ts')).fix : undefined;
  const found: Diagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  const fixed: FixResult[] = [];
  const summary: Summary = { files: 0, workflows: 0 };
  let gone = 0;
  let baseline: string | undefined;
  for (const path of paths) {
    const suppressions = await suppressionsFor(path, {
      ...(options.config !== undefined && { config: options.config }),
      ...(options.baseline !== undefined && { baseline: options.baseline }),
      isUpdating: options.updateBaseline === true,
      ruleNames: ruleNames(),
      output,
    });
    baseline ??= suppressions.baseline;
    const report = (examined: Examination, texts: ReadonlyMap<string, string>) => {
      const { diagnostics } = examined;
      // Printed as it comes: nothing of a document is kept but its findings.
      if (format === 'pretty' && !sheet && !options.dryRun) output.findings(diagnostics, (file) => texts.get(file));
      if (format === 'github' && diagnostics.length > 0) output.result(renderGitHub(diagnostics));
      sarif?.add(examined, (file) => texts.get(file));
      for (const diagnostic of diagnostics) found.push(diagnostic);
      for (const each of examined.suppressed) suppressed.push(each);
    };
    for await (const opened of openAll([path], {
      onPassedOver: (name, reason) => output.note(`passed over ${name}: ${reason}`),
    })) {
      const checkOptions = { ...filter, suppress: suppressions.suppress };
      const result = fix?.(opened, checkOptions, { isDryRun: options.dryRun === true, output });
      if (result) fixed.push(...result.results);
      const document = result?.document ?? opened;
      const examined = examineDocument(document, checkOptions);
      const texts = new Map(document.definitions.map(({ file, text }) => [file, text]));
      summary.files += new Set([...texts.keys(), ...document.problems.map(({ file }) => file)]).size;
      summary.workflows += document.definitions.length;
      sheet?.add(document, examined);
      report(examined, texts);
    }
    const isAll = options.severity === 'info' && !options.rule && !options.ignore;
    report({ diagnostics: isAll ? suppressions.idle() : [], suppressed: [] }, suppressions.texts);
    if (isAll) gone += suppressions.gone();
  }
  if (options.dryRun && format === 'pretty') for (const { diff } of fixed) output.result(diff.trimEnd());
  if (sheet) {
    if (format === 'json') output.json(sheet.toJson());
    else output.result(sheet.toMarkdown());
  } else if (sarif) output.json(sarif.toJson());
  else if (format === 'json')
    output.json({
      summary: { ...summary, ...bySeverity(found) },
      diagnostics: found,
      suppressed,
      ...(options.fix && { fixed }),
    });
  if (format !== 'json' || sheet) {
    if (options.fix) output.note(fixLine(fixed, options.dryRun === true));
    output.note(summaryLine(summary, found, suppressed.length));
    if (gone > 0) output.note(`${gone} of the baseline ${gone === 1 ? 'is' : 'are'} gone; --update-baseline takes them out`);
  }
  if (options.updateBaseline) return updateBaseline(found, baseline, output);
  const { failOn } = options;
  return failOn !== 'never' && found.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
}

function refuseContradictions(
  { fix, dryRun, summary, updateBaseline: isUpdating, rule, ignore, severity }: Options,
  format: string,
) {
  if (dryRun && !fix) throw new UsageError('--dry-run goes with --fix');
  if (summary && (fix || isUpdating || format === 'github' || format === 'sarif'))
    throw new UsageError(
      '--summary goes with no other way to print than --json, and neither with --fix nor with --update-baseline',
    );
  if (fix && isUpdating) throw new UsageError('write the baseline after --fix, in a run of its own');
  if (isUpdating && (rule || ignore || severity !== 'info'))
    throw new UsageError('a baseline remembers all findings: leave out --rule, --ignore and --severity');
}

async function updateBaseline(
  found: readonly Diagnostic[],
  path: string | undefined,
  output: CommandContext['output'],
): Promise<ExitCode> {
  if (path === undefined)
    throw new UsageError('which baseline? Name a file with --baseline, or under "baseline" in certflow.check.yaml');
  const { renderBaseline } = await import('../../settings/baseline.ts');
  const known = toKnown(found, path);
  replaceFile(path, renderBaseline(known));
  output.note(`${path} remembers ${known.length} finding${known.length === 1 ? '' : 's'}`);
  return 0;
}

/** What is reported of reading and of suppressions, not by a rule. */
const otherRules = ['document-syntax', 'suppression'];

function ruleNames(): string[] {
  return [...checkedRules.map(({ name }) => name), ...otherRules];
}

function knownRule(name: string): string {
  const names = ruleNames();
  if (!names.includes(name))
    throw new UsageError(`there is no rule "${name}": ${suggest(name, names, 'rules')} ("certflow rules" lists them)`);
  return name;
}

function bySeverity(found: readonly Diagnostic[]) {
  const count = (wanted: Severity) => found.filter(({ severity }) => severity === wanted).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

function summaryLine({ files, workflows }: Summary, found: readonly Diagnostic[], suppressed: number): string {
  const findings = found.length === 0 ? 'no findings' : countBySeverity(found);
  return `${count(files, 'file')}, ${count(workflows, 'workflow')}: ${findings}${suppressed === 0 ? '' : ` (${suppressed} suppressed)`}`;
}

function fixLine(fixed: readonly FixResult[], isDryRun: boolean): string {
  const findings = fixed.reduce((sum, { fixes }) => sum + fixes.length, 0);
  return `${isDryRun ? 'would fix' : 'fixed'} ${count(findings, 'finding')} in ${count(fixed.length, 'file')}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
