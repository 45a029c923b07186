import type { Command } from 'commander';
import type { TargetName } from '../../deploy/targets/target-name.ts';
import { nameOf, targetOf } from '../../deploy/targets/target-of.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { line } from '../../diagnostics/line.ts';
import type { FileContents } from '../../doctor/certificate-file.ts';
import type { Chain } from '../../doctor/of-logic-app.ts';
import { inCloud } from '../../next/call.ts';
import { isSound } from '../../proofs/proof.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { opened } from '../cert/open.ts';
import { addPasswordOptions, givenPassword, type PasswordOptions } from '../cert/password.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { proofText } from '../deploy/proof-text.ts';
import { targetOption } from '../deploy/target-option.ts';
import { readSpec } from '../read-spec.ts';

interface Options extends AzureOptions, PasswordOptions {
  environment?: string;
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
    .argument('[spec]', 'the spec (default: certflow.yaml)')
    .option('-e, --environment <name>', 'in which environment; needed where the spec has more than one')
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
    .action(context.run((spec: string | undefined, options: Options) => run(spec, options, context)));
  examples(command, [
    ['certflow doctor -e dev', 'every link of certflow.yaml, and a sign-in for real'],
    ['certflow doctor hr.yaml --call "Get lists"', 'the same, and what the API answers'],
    [
      'certflow doctor --pfx hr.pfx --tenant contoso.com --client-id 22222222-2222-2222-2222-222222222222 --audience https://graph.microsoft.com',
      'a certificate alone',
    ],
  ]);
}

async function run(path: string | undefined, options: Options, context: CommandContext): Promise<ExitCode> {
  const { clientId, audience } = options;
  const isAlone = clientId !== undefined || audience !== undefined;
  const chains = await (options.logicApp !== undefined
    ? ofLogicApp(path, { ...options, logicApp: options.logicApp }, context)
    : isAlone
      ? ofFile(path, options, context)
      : ofSpec(path ?? 'certflow.yaml', options, context));
  const { output } = context;
  const proofs = chains.flatMap((chain) => chain.proofs);
  if (options.json) output.json({ chains });
  else {
    for (const chain of chains) output.result([line`${chain.heading}`, ...proofText(chain.proofs, { isHowShown: true })]);
    if (proofs.every(({ result }) => result === 'ok')) output.note('Every link holds.');
  }
  return isSound(proofs) ? 0 : 1;
}

async function ofLogicApp(
  path: string | undefined,
  { logicApp, run, ...options }: Options & { readonly logicApp: string },
  context: CommandContext,
): Promise<Chain[]> {
  if (path !== undefined) throw new UsageError('--logic-app looks at a Logic App without a spec: leave the spec out.');
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

async function ofSpec(path: string, options: Options, context: CommandContext): Promise<Chain[]> {
  const { output } = context;
  const spec = readSpec(path, output);
  const target = targetOf(spec, options.environment, options.target);
  const file = options.pfx === undefined ? undefined : await contentsOf(options.pfx, options, context);
  const proofs = await withAzure(options, context, async (azureOf) => {
    const [{ doctorOfSpec }, { Sight }] = await Promise.all([import('../../doctor/of-spec.ts'), import('../../proofs/sight.ts')]);
    return doctorOfSpec(new Sight(azureOf(target.environment.cloud)), target, {
      cloudFile: options.cloudFile,
      ...(file ? { file } : {}),
      ...(options.call === undefined ? {} : { call: options.call }),
      onSecret: (text) => output.addSecret(text),
    });
  });
  return [{ heading: nameOf(target), proofs }];
}

async function ofFile(path: string | undefined, options: Options, context: CommandContext): Promise<Chain[]> {
  const { pfx, tenant, clientId, audience, cloudFile } = options;
  if (path !== undefined || pfx === undefined || tenant === undefined || clientId === undefined || audience === undefined)
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
