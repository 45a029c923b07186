import type { Command } from 'commander';
import type { CertificateLife } from '../../setup/expiring.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { readSpecs, specsArgument } from '../read-specs.ts';
import { localTime } from '../times.ts';
import { wholeDays } from './rotate.ts';

interface Options extends AzureOptions {
  within: number;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command.argument('[paths...]', specsArgument, ['certflow.yaml']).option('--within <days>', 'how soon is soon', wholeDays, 30);
  addAzureOptions(command)
    .option('--json', 'print the result as JSON')
    .action(context.run((paths: string[], options: Options) => run(paths, options, context)));
  examples(command, [
    ['certflow cert expiring flows', 'every spec below a folder; exits with 3 where one ends within 30 days'],
    ['certflow cert expiring hr.yaml --within 60 --json', 'for a scheduled job'],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const specs = readSpecs(paths, output);
  const lives = await withAzure(options, context, async (azureOf) => {
    const { expiring } = await import('../../setup/expiring.ts');
    return expiring(specs, { azureOf, days: options.within, cloudFile: options.cloudFile });
  });
  if (options.json) output.json({ within: options.within, certificates: lives });
  else output.result(lives.map(line));
  const has = (...statuses: CertificateLife['status'][]) => lives.some(({ status }) => statuses.includes(status));
  if (has('ends soon', 'ended', 'does not sign in')) return 3;
  return has('cannot tell') ? 1 : 0;
}

function line({ spec, environment, vault, certificate, status, ends, daysLeft, detail }: CertificateLife): string {
  const when = ends === undefined ? '' : ` until ${localTime(ends).slice(0, 10)} (${daysLeft} days)`;
  const where = environment === '' ? spec : `${spec}, ${environment}`;
  return `${status.padEnd(16)}  ${certificate} in ${vault}${when}: ${where}${detail === undefined ? '' : `. ${detail.replaceAll('\n', ' ')}`}`;
}
