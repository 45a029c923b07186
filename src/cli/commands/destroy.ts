import { type Command, Option } from 'commander';
import type { Included, Removal } from '../../deploy/destroy.ts';
import { progressOf } from '../../deploy/progress.ts';
import { nameOf } from '../../deploy/targets/target-of.ts';
import { type Line, line } from '../../diagnostics/line.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import { eachTarget, messageOf, type TargetResult, targetJson, tellError } from '../deploy/each-target.ts';
import { consumptionTargetsOf } from '../deploy/targets.ts';

interface Options extends AzureOptions {
  environment?: string[];
  include?: Included[];
  yes?: true;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', 'the specs', ['certflow.yaml'])
    .option('-e, --environment <names...>', 'in which environments; needed where a spec has more than one')
    .addOption(new Option('--include <what...>', 'remove this as well, whoever else uses it').choices(['connection', 'vault']))
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print the result as JSON');
  addAzureOptions(command).action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow destroy -e dev', 'list what there is, ask, and remove it; the vault stays'],
    ['certflow destroy -e dev --include vault', 'the vault too'],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const targets = consumptionTargetsOf(paths, options, output);
  return withAzure(options, context, async (azureOf) => {
    const { destroy, removalsOf } = await import('../../deploy/destroy.ts');
    const found = await eachTarget(
      targets.map((target) => ({ target })),
      azureOf,
      (azure, { target }) => removalsOf(azure, target, options.include ?? []),
    );
    if (!options.json)
      for (const one of found) if ('result' in one) output.result([line`${nameOf(one.target)}`, ...one.result.map(removalLine)]);
    const count = found.flatMap(goingOf).length;
    const isAgreed =
      count === 0 ||
      options.yes === true ||
      (await confirm(`Remove ${count === 1 ? 'this' : `these ${count}`} for good?`, '--yes'));
    if (!isAgreed) output.note('Nothing was removed.');
    const done = isAgreed
      ? await output.following((lines) =>
          eachTarget(found, azureOf, async (azure, one) => {
            if ('error' in one) throw one.error;
            const tell = progressOf(one.target, ({ about, state }) =>
              lines.set(`${nameOf(one.target)} ${about}`, `${nameOf(one.target)}: ${about}: ${state}`),
            );
            await destroy(azure, one.result, tell);
            return one.result;
          }),
        )
      : found;
    if (options.json) output.json({ removed: isAgreed, workflows: done.map(toJson) });
    for (const one of done) if ('error' in one && !options.json) tellError(one, output);
    return done.some((one) => 'error' in one) ? 1 : 0;
  });
}

function goingOf(one: TargetResult<Removal[]>): Removal[] {
  return 'result' in one ? one.result.filter(({ staysBecause }) => staysBecause === undefined) : [];
}

function removalLine({ what, name, staysBecause }: Removal): Line {
  return staysBecause === undefined ? line`  - ${what} ${name}  goes` : [...line`  = ${what} ${name}  stays: `, staysBecause];
}

function toJson(one: TargetResult<Removal[]>) {
  if ('error' in one) return { ...targetJson(one.target), error: messageOf(one.error) };
  return {
    ...targetJson(one.target),
    found: one.result.map(({ what, name, staysBecause }) => ({
      what,
      name,
      ...(staysBecause === undefined ? {} : { staysBecause }),
    })),
  };
}
