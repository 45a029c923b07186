import { once } from 'node:events';
import type { Command } from 'commander';
import { UsageError } from '../../diagnostics/errors.ts';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { inCloud } from '../../next/call.ts';
import { nextText, setUpAnySpec } from '../../next/next-steps.ts';
import { environmentsInAzure } from '../../spec/developer-machine.ts';
import type { Spec } from '../../spec/spec.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { groundOf, subscriptionsOf, tenantOf } from '../ground-of.ts';
import { keepOutOfGit, tellOfGit } from '../keys-out-of-git.ts';
import { stepsAfter } from '../next.ts';
import type { Output } from '../output.ts';
import { readSpecs } from '../read-specs.ts';
import { workflowProblem } from '../workflow-problem.ts';

interface Options {
  folder?: string;
  port?: number;
  tenant?: string;
  subscription?: string[];
  for?: string[];
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .option(
      '--for <specs...>',
      'have ready what these specs, or those in folders, expect: vault, certificate, app registration with consent and rights on sites',
    )
    .option('--folder <folder>', 'keep everything there from one start to the next (default: nothing is kept)')
    .option('--port <number>', 'the first of five ports in a row (default: any that are free)', portNumber)
    .option('--tenant <id>', 'id of the tenant (default: that of the first spec, or the one in the examples)', guid)
    .option(
      '--subscription <ids...>',
      'ids of the subscriptions (default: those of the specs, or the one in the examples)',
      guids,
    )
    .option('--json', 'print the cloud file as JSON')
    .action(context.run((options: Options) => run(options, context)));
  examples(command, [
    ['certflow emulator', 'try everything without a tenant; Ctrl-C ends it'],
    ['certflow emulator --for certflow.yaml', 'with all that this spec expects, ready to deploy'],
    ['certflow emulator --folder azure', 'the same, and go on tomorrow where you were'],
  ]);
}

/** A person sees the steps of a deployment one after the other. */
const pace = { step: 300 };

async function run(options: Options, { output }: CommandContext): Promise<ExitCode> {
  // From the beginning: what was started is stopped, and its folder goes, whenever Ctrl-C comes.
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const specs = readSpecs(options.for ?? [], output);
  const ground = specs.flatMap(groundOf);
  const tenantId = options.tenant ?? specs.map(tenantOf).find((id) => id !== undefined);
  const subscriptions = options.subscription ?? subscriptionsOf(ground);
  const ignoring = options.folder === undefined ? undefined : keepOutOfGit(options.folder, ['*.pem', 'state.json']);
  if (ignoring !== undefined) tellOfGit(output, [ignoring]);
  const emulator = await startEmulator({
    pace,
    validateWorkflow: workflowProblem,
    ground,
    ...(options.folder === undefined ? {} : { folder: options.folder }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(subscriptions.length === 0 ? {} : { subscriptions }),
  });
  try {
    if (options.json) output.json(emulator.profile);
    else tell(emulator, specs, output);
    await ended;
  } finally {
    await emulator.close();
  }
  output.note('The emulator has ended.');
  return 0;
}

function tell({ profile, cloudFile }: Emulator, specs: readonly Spec[], output: Output) {
  output.result([
    `Loopback Azure runs at ${profile.resourceManager.endpoint} until you press Ctrl-C. Nothing leaves this machine.`,
    `Its addresses and its sign-in are in ${cloudFile}. In another terminal:`,
  ]);
  output.concerning(inCloud(cloudFile), () => {
    if (specs.length === 0) output.result(nextText([setUpAnySpec(output.call)]));
    for (const spec of specs) {
      const [environment] = environmentsInAzure(spec);
      if (!environment) continue;
      const environments = spec.environments.size > 1 ? [environment.name] : [];
      output.concerning({ specs: [spec.source.file], environments }, () =>
        output.result(nextText(stepsAfter({ spec, environment }, { done: 'emulated' }, output))),
      );
    }
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_531) throw new UsageError(`"${text}" is no port: 1 to 65531`);
  return port;
}

function guid(text: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text))
    throw new UsageError(`"${text}" is no id: it reads like 11111111-1111-1111-1111-111111111111`);
  return text;
}

function guids(text: string, before: readonly string[] = []): string[] {
  return [...before, guid(text)];
}
