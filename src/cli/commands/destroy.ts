import { type Command, Option } from 'commander';
import { UsageError } from '../../diagnostics/errors.ts';
import { addAzureOptions } from '../azure/options.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { targetOption } from '../deploy/target-option.ts';
import type { DestroyOptions } from '../destroy/agreement.ts';
import { specsArgument } from '../read-specs.ts';

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
    .option('-e, --environment <names...>', 'in which environments; needed where a spec has more than one')
    .addOption(targetOption())
    .addOption(new Option('--include <what...>', 'remove this as well, whoever else uses it').choices(['connection', 'vault']))
    .option('--setup', 'remove what "certflow setup" made, instead of what was deployed')
    .option('--plan', 'only say what would go and what stays')
    .option('--exit-code', 'with --plan: end with 3 where something would go')
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print the result as JSON');
  addAzureOptions(command).action(context.run((specs: string[], options: DestroyOptions) => run(specs, options, context)));
  examples(command, [
    ['certflow destroy -e dev', 'list what there is, ask, and remove it; the vault stays'],
    ['certflow destroy -e dev --include vault', 'the vault too'],
    ['certflow destroy a.yaml b.yaml --yes', 'both, and the connection that they share'],
    ['certflow destroy -e dev --setup --plan', 'what of setup would go: registration, certificate, rights'],
  ]);
}

async function run(paths: readonly string[], options: DestroyOptions, context: CommandContext): Promise<ExitCode> {
  if (!options.setup) return (await import('../destroy/of-deployment.ts')).destroyDeployment(paths, options, context);
  if (options.target !== undefined)
    throw new UsageError('What setup made serves all targets of a spec: leave --target out, or --setup.');
  if (options.include !== undefined)
    throw new UsageError(
      '--include is for what was deployed: leave it out here, and run "certflow destroy --include vault" by itself.',
    );
  return (await import('../destroy/of-setup.ts')).destroySetup(paths, options, context);
}
