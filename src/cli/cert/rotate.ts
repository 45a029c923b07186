import { type Command, InvalidArgumentError } from 'commander';
import { RefusedError } from '../../diagnostics/errors.ts';
import { wanted } from '../../setup/wanted.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import { readOnlySpec } from '../read-specs.ts';
import { withLocalTimes } from '../times.ts';
import { openedWithKey } from './open.ts';
import { addPasswordOptions, type PasswordOptions } from './password.ts';

interface Options extends AzureOptions, PasswordOptions {
  environment?: string;
  overlap: number;
  finish?: true;
  plan?: true;
  pfx?: string;
  yes?: true;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[spec...]', 'the spec, or a folder with it', ['certflow.yaml'])
    .option('-e, --environment <name>', 'for which environment; needed where the spec has more than one')
    .option('--overlap <days>', 'how long the old certificate stays beside the new one', wholeDays, 7)
    .option('--finish', 'remove the old one, once the new one is seen to sign in')
    .option('--plan', 'only say what would be done, and which certificates would go')
    .option('--pfx <file>', 'the new certificate; without it one is made, whose key is never a file');
  addPasswordOptions(command, 'the password of the PFX');
  addAzureOptions(command)
    .option('-y, --yes', 'do it without asking')
    .option('--json', 'print the result as JSON')
    .action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow cert rotate -e prod', 'a new certificate beside the old one'],
    ['certflow cert rotate -e prod --finish --plan', 'which certificates go, until when they are valid, and why'],
    ['certflow cert rotate -e prod --finish', 'a week later: the old one goes'],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const spec = readOnlySpec(paths, 'certificates are rotated one by one, each seen to sign in before the next', output);
  const environment = chooseEnvironment(spec, options.environment);
  // What the spec lacks is told before anybody signs in.
  wanted(spec, environment);
  const given = options.pfx === undefined ? undefined : await openedWithKey(options.pfx, options, context);
  const result = await withAzure(options, context, async (azureOf) => {
    const act = options.finish
      ? (await import('../../setup/rotate/finish.ts')).finishOn
      : (await import('../../setup/rotate/rotate.ts')).rotateOn;
    const rotating = act(azureOf(environment.cloud), spec, {
      environment: environment.name,
      overlapDays: options.overlap,
      ...(given ? { certificate: given } : {}),
      ...(options.plan
        ? {}
        : {
            confirm: async (what: string) => {
              output.note(withLocalTimes(what));
              return options.yes === true || confirm('Do that?', '--yes');
            },
          }),
      progress: ({ about, state }) => output.note([`${about}: ${state}`]),
      onSecret: (secret) => output.addSecret(secret),
    });
    return options.json ? rotating : rotating.catch(toldInLocalTime);
  });
  if (options.json) output.json(result);
  else output.result(withLocalTimes(result.message));
  if (options.plan) output.note('Nothing was changed.');
  for (const problem of result.notTakenBack ?? []) output.error(problem);
  return result.outcome === 'not confirmed' || result.notTakenBack ? 1 : 0;
}

function toldInLocalTime(error: unknown): never {
  throw error instanceof RefusedError ? new RefusedError(withLocalTimes(error.message)) : error;
}

export function wholeDays(text: string): number {
  const days = Number(text);
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('whole days, such as 7');
  return days;
}
