import type { Command } from 'commander';
import { type Job, nameOf } from '../../deploy/job.ts';
import { type Deployment, isWell } from '../../deploy/outcome.ts';
import { hasChanges, type Plan } from '../../deploy/plan.ts';
import type { ProgressEvent } from '../../deploy/progress.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { type AzureOf, withAzure } from '../azure/with-azure.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import { inParallel } from '../deploy/in-parallel.ts';
import { jobsOf } from '../deploy/jobs.ts';
import { planJson, planText } from '../deploy/plan-text.ts';
import { proofText, trialText } from '../deploy/proof-text.ts';
import type { Output } from '../output.ts';

interface Options extends AzureOptions {
  environment?: string[];
  plan?: true;
  whatIf?: true;
  exitCode?: true;
  yes?: true;
  run?: true;
  json?: true;
}

/** How many deployments are under way at a time. */
const inFlight = 8;

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', 'the specs', ['certflow.yaml'])
    .option('-e, --environment <names...>', 'to which environments; needed where a spec has more than one')
    .option('--plan', 'say what would be done, and do nothing (also --what-if)')
    .addOption(command.createOption('--what-if').hideHelp())
    .option('--exit-code', 'with --plan: end with 3 where there is something to do')
    .option('-y, --yes', 'do not ask')
    .option('--run', 'start the workflow afterwards, follow the run, and look whether its secrets stay hidden')
    .option('--json', 'print the result as JSON');
  addAzureOptions(command).action(context.run((specs: string[], options: Options) => run(specs, options, context)));
  examples(command, [
    ['certflow deploy --plan', 'what deploying certflow.yaml would change'],
    ['certflow deploy -e prod --yes', 'deploy to one environment without a question'],
    ['certflow deploy --run', 'deploy, then see it work'],
    ['certflow deploy a.yaml b.yaml -e dev test', 'four deployments, side by side'],
  ]);
}

/** A job on its way: what it may become, has become, or what went wrong. */
interface Track {
  readonly job: Job;
  plan?: Plan;
  done?: Deployment;
  error?: unknown;
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const tracks: Track[] = jobsOf(paths, options, output).map((job) => ({ job }));
  const onlyPlan = options.plan === true || options.whatIf === true;
  return withAzure(options, context, async (azureOf) => {
    await makePlans(tracks, azureOf, { followRunning: !onlyPlan, output });
    const planned = tracks.filter(({ plan }) => plan !== undefined);
    if (!options.json) for (const { plan } of planned) if (plan) output.result(planText(plan));
    if (!onlyPlan) {
      if (await isAgreed(planned, options)) await carryOutAll(planned, azureOf, { run: options.run === true, output });
      else output.note('Nothing was changed.');
    }
    return report(tracks, options, output, onlyPlan);
  });
}

async function makePlans(
  tracks: readonly Track[],
  azureOf: AzureOf,
  { followRunning, output }: { readonly followRunning: boolean; readonly output: Output },
) {
  const { plan } = await import('../../deploy/deploy.ts');
  await output.following(async (lines) => {
    await inParallel(tracks, inFlight, (track) =>
      each(track, async () => {
        track.plan = await plan(
          azureOf(track.job.environment.cloud),
          track.job,
          (event) => lines.set(keyOf(event, tracks), textOf(event)),
          {
            followRunning,
          },
        );
      }),
    );
  });
}

async function carryOutAll(
  tracks: readonly Track[],
  azureOf: AzureOf,
  { run, output }: { readonly run: boolean; readonly output: Output },
) {
  const { carryOut } = await import('../../deploy/deploy.ts');
  await output.following(async (lines) => {
    await inParallel(tracks, inFlight, (track) =>
      each(track, async () => {
        if (!track.plan) return;
        const progress = (event: ProgressEvent) => lines.set(keyOf(event, tracks), textOf(event));
        track.done = await carryOut(azureOf(track.job.environment.cloud), track.plan, { progress, run });
      }),
    );
  });
}

/** One that fails does not stop the rest. */
async function each(track: Track, act: () => Promise<void>) {
  try {
    await act();
  } catch (error) {
    track.error = error;
  }
}

async function isAgreed(tracks: readonly Track[], { yes, run }: Options): Promise<boolean> {
  const changing = tracks.filter(({ plan }) => plan && hasChanges(plan));
  const calls = run ? tracks.flatMap(({ job }) => job.changingRequests.map((request) => `${nameOf(job)}: ${request}`)) : [];
  if (changing.length === 0 && calls.length === 0) return tracks.length > 0;
  if (yes) return true;
  if (
    changing.length > 0 &&
    !(await confirm(changing.length === 1 ? 'Deploy this?' : `Deploy these ${changing.length}?`, '--yes'))
  )
    return false;
  if (calls.length === 0) return true;
  return confirm(`The run may change something: ${calls.join(', ')}. Start it?`, '--yes');
}

function report(tracks: readonly Track[], options: Options, output: Output, onlyPlan: boolean): ExitCode {
  const [first, ...more] = tracks;
  // One alone is told as any other error of the command is.
  if (first?.error !== undefined && more.length === 0) throw first.error;
  if (options.json) output.json({ deployments: tracks.map(toJson) });
  else for (const track of tracks) tellTrack(track, output);
  if (!options.json && tracks.length > 1) output.note(summary(tracks, onlyPlan));
  if (tracks.some(({ error, done }) => error !== undefined || (done && !isWell(done)))) return 1;
  return onlyPlan && options.exitCode && tracks.some(({ plan }) => plan && hasChanges(plan)) ? 3 : 0;
}

function tellTrack({ job, done, error }: Track, output: Output) {
  if (error !== undefined) output.error(`${nameOf(job)}: ${error instanceof Error ? error.message : String(error)}`);
  if (!done) return;
  output.result(`${nameOf(job)}: ${done.outcome}\n${proofText(done.proofs)}${done.run ? `\n${trialText(done.run)}` : ''}`);
}

function summary(tracks: readonly Track[], onlyPlan: boolean): string {
  const failed = tracks.filter(({ error }) => error !== undefined).length;
  const counts = onlyPlan
    ? {
        'with changes': tracks.filter(({ plan }) => plan && hasChanges(plan)).length,
        unchanged: tracks.filter(({ plan }) => plan && !hasChanges(plan)).length,
      }
    : {
        deployed: tracks.filter(({ done }) => done?.outcome === 'deployed').length,
        unchanged: tracks.filter(({ done }) => done?.outcome === 'unchanged').length,
        'not well': tracks.filter(({ done }) => done && !isWell(done)).length,
      };
  return `${Object.entries({ ...counts, failed })
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')}`;
}

function toJson({ job, plan, done, error }: Track) {
  return {
    spec: job.spec.name,
    file: job.spec.source.file,
    environment: job.environment.name,
    outcome: error === undefined ? (done?.outcome ?? 'planned') : 'failed',
    ...(plan ? { plan: planJson(plan) } : {}),
    ...(done ? { proofs: done.proofs } : {}),
    ...(done?.run ? { run: done.run } : {}),
    ...(error === undefined ? {} : { error: error instanceof Error ? error.message : String(error) }),
  };
}

/** One job has a line for each thing, several have a line each. */
function keyOf({ spec, environment, about }: ProgressEvent, tracks: readonly Track[]): string {
  return tracks.length === 1 ? about : `${spec} ${environment}`;
}

function textOf({ spec, environment, about, state }: ProgressEvent): string {
  return `${environment === '' ? spec : `${spec} in ${environment}`}: ${about}: ${state}`;
}
