import { type Command, Option } from 'commander';
import { UsageError } from '../../diagnostics/errors.ts';
import { placeOf } from '../../disk/place.ts';
import { replaceFile } from '../../disk/write.ts';
import { specText } from '../../library/load-spec.ts';
import type { ScriptKind } from '../../setup/guide/guide.ts';
import { sh } from '../../setup/guide/quote.ts';
import { type Part, type PlanItem, parts } from '../../setup/plan.ts';
import type { SetupResult } from '../../setup/setup.ts';
import { aimOf } from '../../setup/wanted.ts';
import { withClientId } from '../../setup/write-client-id.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { isDeveloperMachine } from '../../spec/developer-machine.ts';
import { parseSpec } from '../../spec/parse.ts';
import type { Environment } from '../../spec/spec.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { openedWithKey } from '../cert/open.ts';
import { addNewPasswordOptions, addPasswordOptions, type PasswordOptions } from '../cert/password.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import { proofText } from '../deploy/proof-text.ts';
import type { Output } from '../output.ts';
import { readSpec } from '../read-spec.ts';
import { type LocalCertificate, localCertificate } from '../setup/certificate-file.ts';
import { itemLines, planLines } from '../setup/lines.ts';

interface Options extends AzureOptions, PasswordOptions {
  environment?: string;
  plan?: true;
  exitCode?: true;
  yes?: true;
  only?: Part[];
  pfx?: string;
  script?: ScriptKind;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[spec]', 'the spec', 'certflow.yaml')
    .option('-e, --environment <name>', 'for which environment; needed where the spec has more than one')
    .option('--plan', 'only say what is there and what would be made')
    .option('--exit-code', 'with --plan: end with 3 where there is something to do')
    .option('-y, --yes', 'do it without asking')
    .addOption(new Option('--only <parts...>', 'only these parts').choices(parts))
    .option(
      '--pfx <file>',
      'the certificate to import; without it the vault makes one, whose key never leaves it. In local: its file, made where it is missing',
    );
  addPasswordOptions(command, 'the password of the PFX');
  addNewPasswordOptions(command, 'the new PFX of local');
  addAzureOptions(command)
    .addOption(new Option('--script <kind>', 'ask nothing of Azure; print what to do as a script').choices(['az', 'powershell']))
    .option('--json', 'print the result as JSON')
    .action(context.run((spec: string, options: Options) => run(spec, options, context)));
  examples(command, [
    ['certflow setup --plan', 'what is there, what is missing'],
    ['certflow setup -e prod', 'shows the plan, asks, and does it'],
    ['certflow setup -e local', 'a certificate file and an app registration for debugging'],
    ['certflow setup --only entra --yes', 'the app registration alone, in a pipeline'],
    ['certflow setup --script az > setup.sh', 'for somebody else to run'],
  ]);
}

async function run(path: string, options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const spec = readSpec(path, output);
  const environment = chooseEnvironment(spec, options.environment);
  if (options.script) {
    const { setupScript } = await import('../../setup/guide/guide.ts');
    const text = setupScript(aimOf(spec, environment), options.script);
    if (options.json) output.json({ environment: environment.name, kind: options.script, text });
    else output.text(text.trimEnd());
    return 0;
  }
  // Whether the client id can be written into the spec is known before there is one.
  if (!options.plan) placeOf(path);
  // What the spec lacks is told before anybody signs in.
  aimOf(spec, environment);
  const local = isDeveloperMachine(environment)
    ? await localCertificate(path, environment, { ...options, isWanted: !options.plan && has(options.only, 'file') }, context)
    : undefined;
  const given = local?.options ?? (await certificateForVault(environment, options, context));

  const done = await withAzure(options, context, async (azureOf) => {
    const { setUp } = await import('../../setup/setup.ts');
    return setUp(azureOf(environment.cloud), spec, {
      environment: environment.name,
      cloudFile: options.cloudFile,
      ...(options.only ? { only: options.only } : {}),
      ...given,
      ...(options.plan ? {} : { confirm: (plan) => agreed(plan, options, output) }),
      progress: ({ about, state }) => output.note([`${about}: ${state}`]),
      onClientId: (clientId) => writeClientId(path, environment.name, clientId, context),
    });
  });
  return tell(done, local && { ...local, spec: path }, options, context);
}

const has = (only: readonly Part[] | undefined, part: Part) => only === undefined || only.includes(part);

async function certificateForVault({ name }: Environment, options: Options, context: CommandContext) {
  if (options.generatePassword)
    throw new UsageError(
      `A password is made for a new file only, and ${name === '' ? 'this environment' : name} keeps its certificate in a vault: leave --generate-password out.`,
    );
  return options.pfx === undefined ? {} : { certificate: await openedWithKey(options.pfx, options, context) };
}

function agreed(plan: readonly PlanItem[], { yes, json }: Options, output: Output): boolean | Promise<boolean> {
  if (!json) output.note(planLines(plan));
  return yes === true || confirm('Do that?', '--yes');
}

/** Reads the spec once more: it may have changed while somebody thought about the plan. */
function writeClientId(path: string, environment: string, clientId: string, { output }: CommandContext) {
  const spec = parseSpec(specText(path), { file: path });
  replaceFile(path, withClientId(spec, environment, clientId));
  output.note(`The client id ${clientId} was written into ${path}.`);
}

function tell(
  done: SetupResult,
  local: (LocalCertificate & { readonly spec: string }) | undefined,
  { plan: onlyPlan, exitCode, json }: Options,
  { output }: CommandContext,
): ExitCode {
  const { outcome, plan, items, consent } = done;
  const revealed = local?.revealed();
  if (json)
    output.json({ ...done, ...(local ? { certificateFile: local.path } : {}), ...(revealed ? { password: revealed } : {}) });
  else {
    // The plan is the result where nothing was done; otherwise it has been shown with the question.
    output.result(items?.flatMap(itemLines) ?? planLines(plan));
    if (consent) output.text(`\nTo send to an administrator of the tenant:\n\n${consent.text}`);
    if (done.wrong) output.result(['It cannot sign in yet:', ...proofText(done.wrong)]);
    output.note(closing[outcome]);
    if (local && (outcome === 'set up' || outcome === 'unchanged'))
      output.note(
        `The settings for debugging: "certflow generate ${sh(local.spec)} -e local -f app-service". Keep the PFX out of git.`,
      );
  }
  if (outcome === 'planned') return onlyPlan ? (exitCode ? 3 : 0) : 1;
  return outcome === 'blocked' || outcome === 'incomplete' ? 1 : 0;
}

const closing: Readonly<Record<SetupResult['outcome'], string>> = {
  planned: 'Nothing was changed.',
  blocked: 'Something stands in the way. Nothing was changed.',
  unchanged: 'Everything is there. Nothing was changed.',
  'set up': 'Done.',
  incomplete: 'Not everything could be done. Run the same command again when that is mended: it goes on where it stopped.',
};
