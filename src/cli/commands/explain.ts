import type { Command } from 'commander';
import { type ErrorCode, errorCodes, errorCodesNamed } from '../../cloud/error-codes.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { suggest } from '../../diagnostics/words.ts';
import { rulePages } from '../../generated/rule-pages.ts';
import { checkedRules } from '../all-rules.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<name>', 'a rule, as it stands behind a finding; or a code that Azure answers with, such as AADSTS700027')
    .option('--json', 'print the result as JSON')
    .action(context.run(async (name: string, options: { json?: true }) => run(name, options, context)));
  examples(command, [
    ['certflow explain get-secret-outputs', 'what it means, an example and its cure'],
    ['certflow explain AADSTS700027', 'where a code of Azure comes from, and what to do'],
  ]);
}

function run(name: string, { json }: { json?: true }, { output }: CommandContext): ExitCode {
  const page = Object.hasOwn(rulePages, name) ? rulePages[name] : undefined;
  const [code, ...others] = page === undefined ? errorCodesNamed(name) : [];
  if (code) {
    if (json) output.json({ ...code, docs: 'docs/error-codes.md', ...(others.length > 0 && { others }) });
    else output.result([code, ...others].map(told).join('\n\n'));
    return 0;
  }
  if (page === undefined) throw unknownName(name);
  // Findings about a spec and about reading have pages of their own kind, and are not in the list of what is checked.
  if (json) output.json({ name, ...checkedRules.find((rule) => rule.name === name), page });
  else output.result(page);
  return 0;
}

function told({ code, service, cause, cure }: ErrorCode): string {
  return `${code} (${service})\n\n${cause}\n${cure}`;
}

function unknownName(name: string): UsageError {
  const codes = errorCodes.map(({ code }) => code);
  const number = /^AADSTS(\d+)$/i.exec(name)?.[1];
  if (number !== undefined)
    return new UsageError(
      `there is no code "${name}" in the table. Microsoft explains it at https://login.microsoftonline.com/error?code=${number}`,
    );
  // Codes are told from rules by their capital letters; nearly two hundred names would help nobody.
  return /[A-Z]/.test(name)
    ? new UsageError(
        `there is no code "${name}" in the table: ${suggest(name, codes, 'known codes')}\nMicrosoft explains sign-in codes at https://login.microsoftonline.com/error.`,
      )
    : new UsageError(`there is no rule "${name}": ${suggest(name, Object.keys(rulePages), 'rules')}`);
}
