import { type Command, Option } from 'commander';
import type { Included, Removal } from '../../deploy/destroy.ts';
import { nameOf } from '../../deploy/job.ts';
import { progressOf } from '../../deploy/progress.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import { eachTarget, type TargetResult, targetJson, messageOf, tellError } from '../deploy/each-job.ts';
import { consumptionTargetsOf } from '../deploy/jobs.ts';

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
  const jobs = consumptionTargetsOf(paths, options, output);
  return withAzure(options, context, async (azureOf) => {
    const { destroy, removalsOf } = await import('../../deploy/destroy.ts');
    const found = await eachTarget(
      jobs.map((job) => ({ job })),
      azureOf,
      (azure, { job }) => removalsOf(azure, job, options.include ?? []),
    );
    if (!options.json)
      for (const one of found) if ('result' in one) output.result(`${nameOf(one.job)}\n${one.result.map(line).join('\n')}`);
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
            const tell = progressOf(one.job, ({ about, state }) =>
              lines.set(`${nameOf(one.job)} ${about}`, `${nameOf(one.job)}: ${about}: ${state}`),
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

function line({ what, name, staysBecause }: Removal): string {
  return staysBecause === undefined ? `  - ${what} ${name}  goes` : `  = ${what} ${name}  stays: ${staysBecause}`;
}

function toJson(one: TargetResult<Removal[]>) {
  if ('error' in one) return { ...targetJson(one.job), error: messageOf(one.error) };
  return {
    ...targetJson(one.job),
    found: one.result.map(({ what, name, staysBecause }) => ({
      what,
      name,
      ...(staysBecause === undefined ? {} : { staysBecause }),
    })),
  };
}
