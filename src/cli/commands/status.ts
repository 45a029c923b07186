import type { Command } from 'commander';
import { hasFailed } from '../../deploy/outcome.ts';
import type { TargetName } from '../../deploy/targets/target-name.ts';
import { nameOf } from '../../deploy/targets/target-of.ts';
import { line } from '../../diagnostics/line.ts';
import { isSound } from '../../proofs/proof.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { concerningTarget, eachTarget, messageOf, targetJson, tellError } from '../deploy/each-target.ts';
import { proofText, runText } from '../deploy/proof-text.ts';
import { targetOption } from '../deploy/target-option.ts';
import { targetsOf } from '../deploy/targets.ts';
import { tellNext } from '../next.ts';
import { specsArgument } from '../read-specs.ts';

interface Options extends AzureOptions {
  environment?: string[];
  target?: TargetName;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
    .option('-e, --environment <names...>', 'in which environments; needed where a spec has more than one')
    .addOption(targetOption())
    .option('--json', 'print the result as JSON');
  addAzureOptions(command).action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow status', 'whether the workflow of certflow.yaml can work'],
    ['certflow status hr.yaml -e dev prod', 'in two environments'],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const targets = targetsOf(paths, options, output);
  const found = await withAzure(options, context, async (azureOf) => {
    const [{ statusOf }, { sharedSights }] = await Promise.all([
      import('../../deploy/status.ts'),
      import('../../proofs/sight.ts'),
    ]);
    const sightOf = sharedSights();
    const items = targets.map((target) => ({ target }));
    return eachTarget(items, azureOf, (azure, { target }) => statusOf(sightOf(azure), target, options));
  });
  if (options.json)
    output.json({
      workflows: found.map((one) => ({
        ...targetJson(one.target),
        ...('error' in one ? { error: messageOf(one.error) } : one.result),
      })),
    });
  else
    for (const one of found) {
      if ('error' in one) tellError(one, output);
      else {
        const { proofs, lastRun } = one.result;
        const runs = one.target.targetName !== 'app-service' ? (lastRun ? runText(lastRun) : ['  no run yet']) : [];
        concerningTarget(one.target, output, () => {
          output.result([line`${nameOf(one.target)}`, ...proofText(proofs), ...runs]);
          const canStart = !lastRun && one.target.targetName === 'consumption';
          if (isSound(proofs) && found.length === 1 && (lastRun || canStart))
            tellNext(one.target, { done: lastRun ? 'looked at' : 'deployed', canRun: canStart }, output);
        });
      }
    }
  return found.every((one) => 'result' in one && isSound(one.result.proofs) && !hasFailed(one.result.lastRun)) ? 0 : 1;
}
