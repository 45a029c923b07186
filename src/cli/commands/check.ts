import { type Command, Option } from 'commander';
import type { SuppressedDiagnostic } from '../../check/suppressions.ts';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { countBySeverity } from '../../diagnostics/render-pretty.ts';
import { suggest } from '../../diagnostics/words.ts';
import { replaceFile } from '../../disk/write.ts';
import { checkedRules } from '../../library/all-rules.ts';
import { examineDocument, isAtLeast } from '../../library/check-document.ts';
import { toBeNamed } from '../call-of.ts';
import { documentsOf } from '../check/documents.ts';
import type { FixResult } from '../check/fix.ts';
import { isSpec } from '../check/is-spec.ts';
import { type ReporterName, reporterNames, reporters } from '../check/reporters/index.ts';
import type { Checked, Found } from '../check/reporters/reporter.ts';
import { secretsIn, secretsOf } from '../check/secrets.ts';
import { type BaselinePlace, suppressionsFor, toKnown } from '../check/suppress.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

interface Options {
  format: ReporterName;
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
  bicep?: true;
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

export function configure(command: Command, context: CommandContext) {
  command
    .argument(
      '<paths...>',
      'specs, workflow files, project folders, packages and solutions (zipped or not), or folders to look through',
    )
    .addOption(new Option('--format <name>', 'how to print the findings').choices(reporterNames).default(reporterNames[0]))
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
    .option('--bicep', 'build Bicep files with the Bicep CLI of this machine, and check what they become')
    .option('--baseline <file>', 'do not report the findings that this file remembers')
    .option('--update-baseline', 'write all findings that there are now into the baseline')
    .action(context.run((paths: string[], options: Options) => run(paths, options, context)));
  examples(command, [
    ['certflow check certflow.yaml', 'a spec, and what is made of it'],
    ['certflow check workflow.json', 'one file; its project is taken into account'],
    ['certflow check .', 'everything below this folder, without what .gitignore names'],
    ['certflow check flow.zip --fail-on error', 'a package; warnings do not fail'],
    ['certflow check main.bicep --bicep', 'the template that it becomes, with places in the Bicep file'],
    ['certflow check . --fix --dry-run', 'what --fix would change'],
    ['certflow check . --summary', 'an estate at a glance, in Markdown'],
    ['certflow check . --format github', 'annotations in GitHub Actions'],
    ['certflow check . --format sarif > certflow.sarif', 'for code scanning'],
  ]);
}

async function run(paths: readonly string[], options: Options, { output }: CommandContext): Promise<ExitCode> {
  const format = options.json ? 'json' : options.format;
  if (paths.length === 1 && paths.every(isSpec)) output.call = { ...output.call, specs: toBeNamed(paths) };
  refuseContradictions(options, format);
  const filter = {
    severity: options.severity,
    ...(options.rule && { rules: options.rule.map(knownRule) }),
    ...(options.ignore && { ignore: options.ignore.map(knownRule) }),
  };
  const isDryRun = options.dryRun === true;
  const createReporter = options.summary
    ? (await import('../check/reporters/summary.ts')).summary(format === 'json')
    : await reporters[format]();
  const reporter = createReporter({ output, isDryRun });
  // Loaded only where it was asked for.
  const fix = options.fix ? (await import('../check/fix.ts')).fix : undefined;
  const isAll = options.severity === 'info' && !options.rule && !options.ignore;
  const found: Diagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  const fixed: FixResult[] = [];
  let [files, workflows, gone] = [0, 0, 0];
  let baseline: BaselinePlace | undefined;
  for (const path of paths) {
    if (isSpec(path)) {
      const { examineSpec } = await import('../check/spec.ts');
      const { workflows: made, ...one } = await examineSpec(path, filter);
      reporter.add?.(one);
      found.push(...one.diagnostics);
      [files, workflows] = [files + 1, workflows + made];
      continue;
    }
    const suppressions = await suppressionsFor(path, {
      ...(options.config !== undefined && { config: options.config }),
      ...(options.baseline !== undefined && { baseline: options.baseline }),
      isUpdating: options.updateBaseline === true,
      ruleNames: ruleNames(),
      output,
    });
    baseline ??= suppressions.baseline;
    const report = (one: Found) => {
      reporter.add?.(one);
      for (const diagnostic of one.diagnostics) found.push(diagnostic);
      for (const each of one.suppressed) suppressed.push(each);
    };
    await output.progressing(async (tell) => {
      for await (const opened of documentsOf(path, options.bicep === true, output)) {
        const checkOptions = { ...filter, suppress: suppressions.suppress };
        const result = opened.source ? undefined : fix?.(opened, checkOptions, { isDryRun, output });
        if (result) fixed.push(...result.results);
        const document = result?.document ?? opened;
        const written = document.source?.files ?? document.definitions;
        const texts = new Map(written.map(({ file, text }) => [file, text]));
        files += new Set([...texts.keys(), ...document.problems.map(({ file }) => file)]).size;
        workflows += document.definitions.length;
        const examined = examineDocument(document, checkOptions);
        // A secret that a rule finds is hidden beside other findings, too, where that rule was not asked for.
        const secrets = () => (isAll ? secretsOf(examined) : secretsIn(document));
        report({ ...examined, document, secrets, textOf: (file) => texts.get(file) });
        tell(() => `${files.toLocaleString('en')} files, ${workflows.toLocaleString('en')} workflows …`);
      }
    });
    const idle = isAll ? suppressions.idle() : [];
    report({ diagnostics: idle, suppressed: [], secrets: () => [], textOf: (file) => suppressions.texts.get(file) });
    if (isAll) gone += suppressions.gone();
  }
  const counts = { files, workflows, ...bySeverity(found) };
  reporter.end?.({ counts, diagnostics: found, suppressed, ...(options.fix && { fixed }) });
  if (!reporter.hasCounts) {
    if (options.fix) output.note(fixLine(fixed, isDryRun));
    output.note(summaryLine(counts, found, suppressed.length));
    if (gone > 0) output.note(`${gone} of the baseline ${gone === 1 ? 'is' : 'are'} gone; --update-baseline takes them out`);
  }
  if (options.updateBaseline) return updateBaseline(found, baseline, output);
  const { failOn } = options;
  return failOn !== 'never' && found.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
}

function refuseContradictions(
  { fix, dryRun, summary, updateBaseline: isUpdating, rule, ignore, severity }: Options,
  format: ReporterName,
) {
  if (dryRun && !fix) throw new UsageError('--dry-run goes with --fix');
  if (summary && (fix || isUpdating || (format !== 'pretty' && format !== 'json')))
    throw new UsageError(
      '--summary goes with no other way to print than --json, and neither with --fix nor with --update-baseline',
    );
  if (fix && isUpdating) throw new UsageError('write the baseline after --fix, in a run of its own');
  if (isUpdating && (rule || ignore || severity !== 'info'))
    throw new UsageError('a baseline remembers all findings: leave out --rule, --ignore and --severity');
}

async function updateBaseline(
  found: readonly Diagnostic[],
  place: BaselinePlace | undefined,
  output: CommandContext['output'],
): Promise<ExitCode> {
  if (place === undefined)
    throw new UsageError('which baseline? Name a file with --baseline, or under "baseline" in certflow.check.yaml');
  const { renderBaseline } = await import('../../settings/baseline.ts');
  const { path, within: folder } = place;
  const known = toKnown(found, path);
  replaceFile(path, renderBaseline(known), folder === undefined ? {} : { folder });
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

function summaryLine({ files, workflows }: Checked['counts'], found: readonly Diagnostic[], suppressed: number): string {
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
