import { type Command, Option } from 'commander';
import { RefusedError, UsageError } from '../../diagnostics/errors.ts';
import { line } from '../../diagnostics/line.ts';
import { placeOf } from '../../disk/place.ts';
import { readNamed } from '../../disk/read.ts';
import { replaceFile } from '../../disk/write.ts';
import { encodeLike } from '../../document/decode.ts';
import { specText, workflowsFrom } from '../../library/load-spec.ts';
import { aimsOf } from '../../setup/aims.ts';
import type { ScriptKind } from '../../setup/guide/guide.ts';
import { type Part, type PlanItem, parts } from '../../setup/plan.ts';
import type { SetupOptions, SetupResult } from '../../setup/setup.ts';
import { withClientId } from '../../setup/write-client-id.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { isDeveloperMachine } from '../../spec/developer-machine.ts';
import { needCertificate } from '../../spec/needs.ts';
import { parseSpec } from '../../spec/parse.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { openedWithKey } from '../cert/open.ts';
import { addNewPasswordOptions, addPasswordOptions, type PasswordOptions } from '../cert/password.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import { proofText } from '../deploy/proof-text.ts';
import { tellNext } from '../next.ts';
import type { Output } from '../output.ts';
import { readSpecs, specsArgument } from '../read-specs.ts';
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
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
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
    .action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow setup --plan', 'what is there, what is missing'],
    ['certflow setup -e prod', 'shows the plan, asks, and does it'],
    ['certflow setup flows -e prod', 'for every spec in a folder, one after the other'],
    ['certflow setup -e local', 'a certificate file and an app registration for debugging'],
    ['certflow setup --only entra --yes', 'the app registration alone, in a pipeline'],
    ['certflow setup --script az > setup.sh', 'for somebody else to run'],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const specs = readSpecs(paths, output);
  if (options.script) return printScripts(specs, options, options.script, output);
  const wanted: Wanted[] = [];
  for (const spec of specs) wanted.push(await prepared(spec, options, context));
  const done = await withAzure(options, context, async (azureOf) => {
    const { setUp } = await import('../../setup/setup.ts');
    const results: Done[] = [];
    // One after the other: what the next one shares with it is there then, and each is asked about.
    for (const one of wanted) {
      const { spec, environment, given } = one;
      const { file } = spec.source;
      if (wanted.length > 1) output.note([line`${file}:`]);
      try {
        const result = await output.following((lines) =>
          setUp(azureOf(environment.cloud), spec, {
            environment: environment.name,
            cloudFile: options.cloudFile,
            ...(options.only ? { only: options.only } : {}),
            ...given,
            ...(options.plan ? {} : { confirm: (plan) => agreed(plan, options, output) }),
            progress: ({ about, state }) => lines.set(about, `${about}: ${state}`),
            onClientId: (clientId) => writeClientId(file, environment.name, clientId, context),
          }),
        );
        if (!options.json)
          output.concerning({ specs: [file] }, () => tell(result, { ...one, only: options.only, yes: options.yes }, output));
        results.push({ ...one, result });
      } catch (error) {
        if (wanted.length === 1 || !(error instanceof RefusedError)) throw error;
        if (!options.json) output.error(`${file}: ${error.message}`);
        results.push({ ...one, error: error.message });
      }
    }
    return results;
  });
  if (options.json)
    output.json(
      done.length === 1 && done[0] ? jsonOf(done[0]) : { setups: done.map((one) => ({ ...named(one), ...jsonOf(one) })) },
    );
  const codes = done.map((one) => codeOf(one, options));
  return codes.includes(1) ? 1 : codes.includes(3) ? 3 : 0;
}

/** What is to be set up, and with which certificate. */
interface Wanted {
  readonly spec: Spec;
  readonly environment: Environment;
  readonly local: LocalCertificate | undefined;
  readonly given: Pick<SetupOptions, 'certificate' | 'certificateFile'>;
}

type Done = Wanted & ({ readonly result: SetupResult } | { readonly error: string });

/** What a spec lacks is told before anybody signs in. */
async function prepared(spec: Spec, options: Options, context: CommandContext): Promise<Wanted> {
  const environment = chooseEnvironment(spec, options.environment);
  const { file } = spec.source;
  // Whether the client id can be written into the spec is known before there is one.
  if (!options.plan) placeOf(file);
  aimsOf(spec, environment);
  const isWanted = !options.plan && has(options.only, 'file');
  const local = isDeveloperMachine(environment)
    ? await localCertificate(
        file,
        needCertificate(spec, environment, "nothing to set up on a developer's machine"),
        { ...options, isWanted },
        context,
      )
    : undefined;
  return { spec, environment, local, given: local?.options ?? (await certificateForVault(spec, environment, options, context)) };
}

async function printScripts(
  specs: readonly Spec[],
  { environment, json }: Options,
  kind: ScriptKind,
  output: Output,
): Promise<ExitCode> {
  const { setupScript } = await import('../../setup/guide/guide.ts');
  const scripts = specs.map((spec) => {
    const chosen = chooseEnvironment(spec, environment);
    return { environment: chosen.name, kind, text: setupScript(aimsOf(spec, chosen), kind) };
  });
  if (json) output.json(scripts.length === 1 ? scripts[0] : { scripts });
  else output.text(scripts.map(({ text }) => text.trimEnd()).join('\n\n'));
  return 0;
}

const has = (only: readonly Part[] | undefined, part: Part) => only === undefined || only.includes(part);

async function certificateForVault(spec: Spec, environment: Environment, options: Options, context: CommandContext) {
  if (options.pfx !== undefined || options.generatePassword) needCertificate(spec, environment, 'no use for a PFX');
  const { name } = environment;
  if (options.generatePassword)
    throw new UsageError(
      `A password is made for a new file only, and ${name === '' ? 'this environment' : name} keeps its certificate in a vault: leave --generate-password out.`,
    );
  return options.pfx === undefined ? {} : { certificate: await openedWithKey(options.pfx, options, context) };
}

function agreed(plan: readonly PlanItem[], { yes, json }: Options, output: Output): boolean | Promise<boolean> {
  // Without a question the plan is not shown: what becomes of it is.
  if (!json && !yes) output.note(planLines(plan));
  output.clear();
  return yes === true || confirm('Do that?', '--yes');
}

/** Reads the spec once more: it may have changed while somebody thought about the plan. */
function writeClientId(path: string, environment: string, clientId: string, { output }: CommandContext) {
  const spec = parseSpec(specText(path), { file: path, readWorkflowFile: workflowsFrom(path) });
  // In the encoding that it has.
  replaceFile(path, encodeLike(readNamed(path), withClientId(spec, environment, clientId)));
  output.note(`The client id ${clientId} was written into ${path}.`);
}

function tell(
  { outcome, plan, items, consent, wrong }: SetupResult,
  {
    spec,
    environment,
    local,
    only,
    yes,
  }: Wanted & { readonly only: readonly Part[] | undefined; readonly yes: true | undefined },
  output: Output,
) {
  // A plan that was agreed to has been shown: of it, only what was done is told.
  output.result(items ? items.filter((item) => yes || item.outcome !== 'unchanged').flatMap(itemLines) : planLines(plan));
  if (consent) output.text(`\nTo send to an administrator of the tenant:\n\n${consent.text}`);
  if (wrong) output.result(['It cannot sign in yet:', ...proofText(wrong)]);
  output.note(closing[outcome]);
  if (outcome !== 'set up' && outcome !== 'unchanged') return;
  if (local) output.note('Keep the PFX out of git.');
  // A part of it is followed by the rest.
  if (!wrong) tellNext({ spec, environment }, { done: only ? 'emulated' : 'set up' }, output);
}

function named({ spec, environment }: Wanted) {
  return { spec: spec.name, file: spec.source.file, environment: environment.name };
}

function jsonOf(done: Done) {
  if ('error' in done) return { error: done.error };
  const { local, result } = done;
  const revealed = local?.revealed();
  return { ...result, ...(local ? { certificateFile: local.path } : {}), ...(revealed ? { password: revealed } : {}) };
}

function codeOf(done: Done, { plan: onlyPlan, exitCode }: Options): ExitCode {
  if ('error' in done) return 1;
  const { outcome, wrong, consent } = done.result;
  // What status would call wrong; consent that is left to an administrator has been told.
  if (wrong && !consent) return 1;
  if (outcome === 'planned') return onlyPlan ? (exitCode ? 3 : 0) : 1;
  return outcome === 'blocked' || outcome === 'incomplete' ? 1 : 0;
}

const closing: Readonly<Record<SetupResult['outcome'], string>> = {
  planned: 'Nothing was changed.',
  blocked: 'Something is in the way. Nothing was changed.',
  unchanged: 'Everything is there. Nothing was changed.',
  'set up': 'Done.',
  incomplete: 'Not everything could be done. Run the same command again when that is mended: it goes on where it stopped.',
};
