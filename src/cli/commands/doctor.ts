import type { Command } from 'commander';
import type { TargetName } from '../../deploy/targets/target-name.ts';
import { nameOf } from '../../deploy/targets/target-of.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { line } from '../../diagnostics/line.ts';
import type { FileContents } from '../../doctor/certificate-file.ts';
import type { Chain as LookedAt } from '../../doctor/of-logic-app.ts';
import { inCloud } from '../../next/call.ts';
import { isSound } from '../../proofs/proof.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { opened } from '../cert/open.ts';
import { addPasswordOptions, givenPassword, type PasswordOptions } from '../cert/password.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { eachTarget, messageOf } from '../deploy/each-target.ts';
import { proofText } from '../deploy/proof-text.ts';
import { targetOption } from '../deploy/target-option.ts';
import { targetsOf } from '../deploy/targets.ts';
import { specsArgument } from '../read-specs.ts';

/** What was found; or why nothing was, where that did not stop the others. */
type Chain = LookedAt & { readonly error?: string };

interface Options extends AzureOptions, PasswordOptions {
  environment?: string[];
  target?: TargetName;
  call?: string | true;
  pfx?: string;
  logicApp?: string;
  run?: string;
  clientId?: string;
  audience?: string;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', `${specsArgument} (default: certflow.yaml)`)
    .option('-e, --environment <names...>', 'in which environments; needed where a spec has more than one')
    .addOption(targetOption())
    .option('--call [request]', 'send a GET request of the spec, the first or the one of this name, and explain the answer')
    .option('--pfx <file>', 'sign in with this certificate instead of that of the vault');
  addPasswordOptions(command, 'the password of the PFX');
  command
    .option('--logic-app <resource id>', 'without a spec: a Logic App (Consumption) that certflow did not make')
    .option('--run <id>', 'with --logic-app: a run to explain')
    .option('--client-id <id>', 'without a spec: as whom; takes --pfx, --tenant and --audience, and no right in Azure')
    .option('--audience <api>', 'without a spec: for which API');
  addAzureOptions(command)
    .option('--json', 'print the result as JSON')
    .action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow doctor -e dev', 'every link of certflow.yaml, and a sign-in for real'],
    ['certflow doctor flows -e dev prod', 'every spec in a folder, in two environments'],
    ['certflow doctor hr.yaml --call "Get lists"', 'the same, and what the API answers'],
    [
      'certflow doctor --pfx hr.pfx --tenant contoso.com --client-id 22222222-2222-2222-2222-222222222222 --audience https://graph.microsoft.com',
      'a certificate alone',
    ],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { clientId, audience } = options;
  const isAlone = clientId !== undefined || audience !== undefined;
  const chains = await (options.logicApp !== undefined
    ? ofLogicApp(paths, { ...options, logicApp: options.logicApp }, context)
    : isAlone
      ? ofFile(paths, options, context)
      : ofSpecs(paths.length === 0 ? ['certflow.yaml'] : paths, options, context));
  const { output } = context;
  const proofs = chains.flatMap((chain) => chain.proofs);
  const hasFailed = chains.some(({ error }) => error !== undefined);
  if (options.json) output.json({ chains });
  else {
    for (const { heading, proofs, error } of chains) {
      if (error !== undefined) output.error(`${heading}: ${error}`);
      else output.result([line`${heading}`, ...proofText(proofs, { isHowShown: true })]);
    }
    if (!hasFailed && proofs.every(({ result }) => result === 'ok')) output.note('Every link holds.');
  }
  return isSound(proofs) && !hasFailed ? 0 : 1;
}

async function ofLogicApp(
  paths: readonly string[],
  { logicApp, run, ...options }: Options & { readonly logicApp: string },
  context: CommandContext,
): Promise<Chain[]> {
  if (paths.length > 0) throw new UsageError('--logic-app looks at a Logic App without a spec: leave the spec out.');
  const { addressOf, doctorOfLogicApp } = await import('../../doctor/of-logic-app.ts');
  const at = addressOf(logicApp);
  const file = options.pfx === undefined ? undefined : await contentsOf(options.pfx, options, context);
  return withAzure(options, context, async (azureOf) => {
    const { Sight } = await import('../../proofs/sight.ts');
    return doctorOfLogicApp(new Sight(azureOf('public')), at, {
      cloudFile: options.cloudFile,
      ...(file ? { file } : {}),
      ...(run === undefined ? {} : { run }),
      onSecret: (text) => context.output.addSecret(text),
    });
  });
}

async function ofSpecs(paths: readonly string[], options: Options, context: CommandContext): Promise<Chain[]> {
  const { output } = context;
  const targets = targetsOf(paths, options, output);
  const file = options.pfx === undefined ? undefined : await contentsOf(options.pfx, options, context);
  return withAzure(options, context, async (azureOf) => {
    const [{ doctorOfSpec }, { sharedSights }] = await Promise.all([
      import('../../doctor/of-spec.ts'),
      import('../../proofs/sight.ts'),
    ]);
    const sightOf = sharedSights();
    const items = targets.map((target) => ({ target }));
    const looked = await eachTarget(items, azureOf, (azure, { target }) =>
      doctorOfSpec(sightOf(azure), target, {
        cloudFile: options.cloudFile,
        ...(file ? { file } : {}),
        ...(options.call === undefined ? {} : { call: options.call }),
        onSecret: (text) => output.addSecret(text),
      }),
    );
    return looked.map(
      (one): Chain => ({
        heading: nameOf(one.target),
        ...('error' in one ? { proofs: [], error: messageOf(one.error) } : { proofs: one.result }),
      }),
    );
  });
}

async function ofFile(paths: readonly string[], options: Options, context: CommandContext): Promise<Chain[]> {
  const { pfx, tenant, clientId, audience, cloudFile } = options;
  if (paths.length > 0 || pfx === undefined || tenant === undefined || clientId === undefined || audience === undefined)
    throw new UsageError(
      'Without a spec a sign-in is tried with --pfx <file>, --tenant <id>, --client-id <id> and --audience <api>: name all four, and no spec.',
    );
  const file = await contentsOf(pfx, options, context);
  // Nobody but the certificate signs in.
  const { tenant: _, ...others } = options;
  const proofs = await withAzure(others, context, async (azureOf) => {
    const [{ doctorOfFile }, { Sight }] = await Promise.all([import('../../doctor/of-file.ts'), import('../../proofs/sight.ts')]);
    return doctorOfFile(new Sight(azureOf('public')), file, {
      tenant,
      clientId,
      audience,
      line: inCloud(cloudFile),
      onSecret: (text) => context.output.addSecret(text),
    });
  });
  return [{ heading: `${clientId} in ${tenant}`, proofs }];
}

async function contentsOf(path: string, options: Options, context: CommandContext): Promise<FileContents> {
  const { contents } = await opened(path, givenPassword(options, context)?.value, context);
  const { privateKey, certificate } = contents;
  return { path, privateKey, certificate };
}
