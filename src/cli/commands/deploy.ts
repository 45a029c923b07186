import type { Command } from 'commander';
import { type Deployment, isWell } from '../../deploy/outcome.ts';
import { hasChanges, type Plan } from '../../deploy/plan.ts';
import type { ProgressEvent } from '../../deploy/progress.ts';
import { portalAddress } from '../../deploy/targets/portal.ts';
import type { TargetName } from '../../deploy/targets/target-name.ts';
import { type DeployTarget, nameOf } from '../../deploy/targets/target-of.ts';
import { line, painted } from '../../diagnostics/line.ts';
import { type AzureOptions, addAzureOptions } from '../azure/options.ts';
import { withAzure } from '../azure/with-azure.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { confirm } from '../confirm.ts';
import { concerningTarget, eachTarget, messageOf, type TargetResult, targetJson, tellError } from '../deploy/each-target.ts';
import { planJson, planText } from '../deploy/plan-text.ts';
import { proofText, trialText } from '../deploy/proof-text.ts';
import { targetOption } from '../deploy/target-option.ts';
import { consumptionOnly, targetsOf } from '../deploy/targets.ts';
import { tellNext } from '../next.ts';
import type { Output } from '../output.ts';
import { specsArgument } from '../read-specs.ts';
import { duration } from '../times.ts';

interface Options extends AzureOptions {
  environment?: string[];
  target?: TargetName;
  plan?: true;
  whatIf?: true;
  exitCode?: true;
  yes?: true;
  run?: true;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('[specs...]', specsArgument, ['certflow.yaml'])
    .option('-e, --environment <names...>', 'to which environments; needed where a spec has more than one')
    .addOption(targetOption())
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
    ['certflow deploy --target app-service', 'give a web app its settings and its access to the vault'],
    ['certflow deploy a.yaml b.yaml -e dev test', 'four deployments, side by side'],
  ]);
}

async function run(paths: readonly string[], options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const targets = targetsOf(paths, options, output);
  for (const { notes } of targets) output.diagnostics(notes);
  if (options.run) targets.forEach(consumptionOnly);
  const onlyPlan = options.plan === true || options.whatIf === true;
  return withAzure(options, context, async (azureOf) => {
    const [{ carryOut, plan }, { sharedSights }] = await Promise.all([
      import('../../deploy/deploy.ts'),
      import('../../proofs/sight.ts'),
    ]);
    const sightOf = sharedSights();
    const planned = await output.following((lines) => {
      const progress = (event: ProgressEvent) => lines.set(keyOf(event, targets), textOf(event));
      const items = targets.map((target) => ({ target }));
      return eachTarget(items, azureOf, (azure, { target }) => plan(azure, target, progress, { followRunning: !onlyPlan }));
    });
    const plans = planned.flatMap((one) => ('result' in one ? [one.result] : []));
    if (!options.json) for (const plan of plans) output.result(planText(plan));
    if (onlyPlan) return reportPlans(planned, options, output);
    if (plans.length > 0 && !(await isAgreed(plans, options))) {
      output.note('Nothing was changed.');
      return reportPlans(planned, { ...options, exitCode: undefined }, output);
    }
    const done = await output.following((lines) => {
      const progress = (event: ProgressEvent) => lines.set(keyOf(event, targets), textOf(event));
      return eachTarget(planned, azureOf, async (azure, one) => {
        if ('error' in one) throw one.error;
        const began = performance.now();
        const all = { ...options, progress, run: options.run === true, sight: sightOf(azure) };
        return { ...(await carryOut(azure, one.result, all)), milliseconds: performance.now() - began };
      });
    });
    return reportDone(done, options, output);
  });
}

async function isAgreed(plans: readonly Plan[], { yes, run }: Options): Promise<boolean> {
  if (yes) return true;
  const changing = plans.filter(hasChanges).length;
  if (changing > 0 && !(await confirm(changing === 1 ? 'Deploy this?' : `Deploy these ${changing}?`, '--yes'))) return false;
  const requests = run
    ? plans.flatMap(({ target }) => consumptionOnly(target).changingRequests.map((request) => `${request} (${nameOf(target)})`))
    : [];
  return requests.length === 0 || confirm(`The run may change something: ${requests.join(', ')}. Start it?`, '--yes');
}

function reportPlans(
  planned: readonly TargetResult<Plan>[],
  { json, exitCode }: { readonly json?: true | undefined; readonly exitCode?: true | undefined },
  output: Output,
): ExitCode {
  const plans = planned.flatMap((one) => ('result' in one ? [one.result] : []));
  const failed = tellFailed(planned, json, output);
  if (json)
    output.json({
      deployments: planned.map((one) => ({
        ...targetJson(one.target),
        ...('error' in one ? failedJson(one.error) : { outcome: 'planned', plan: planJson(one.result) }),
      })),
    });
  const changing = plans.filter(hasChanges).length;
  if (planned.length > 1) output.note(`${changing} with changes, ${plans.length - changing} unchanged, ${failed} failed`);
  if (failed > 0) return 1;
  return exitCode && changing > 0 ? 3 : 0;
}

/** What became of a target, and how long that took. */
type Done = Deployment & { readonly milliseconds: number };

function reportDone(done: readonly TargetResult<Done>[], { json, cloudFile }: Options, output: Output): ExitCode {
  const results = done.flatMap((one) => ('result' in one ? [one.result] : []));
  const failed = tellFailed(done, json, output);
  if (json)
    output.json({
      deployments: done.map((one) => ({
        ...targetJson(one.target),
        ...('error' in one ? failedJson(one.error) : doneJson(one.result)),
      })),
    });
  else
    for (const { plan, outcome, proofs, run, milliseconds } of results)
      concerningTarget(plan.target, output, () =>
        output.result([
          [...line`${nameOf(plan.target)}: `, painted('ok', outcome), ` in ${duration(milliseconds)}`],
          ...proofText(proofs),
          ...(run ? trialText(run) : []),
          // Another cloud than Microsoft's has no portal.
          ...(cloudFile === undefined ? [`  portal: ${portalAddress(plan.target)}`] : []),
        ]),
      );
  const deployed = results.filter(({ outcome }) => outcome === 'deployed').length;
  const unwell = results.filter((one) => !isWell(one)).length;
  if (done.length > 1)
    output.note(
      `${deployed} deployed, ${results.length - deployed} unchanged, ${failed} failed${unwell > 0 ? `; ${unwell} of them cannot work yet` : ''}`,
    );
  const [first] = results.filter(isWell);
  if (!json && first)
    concerningTarget(first.plan.target, output, () =>
      tellNext(
        first.plan.target,
        { done: first.run ? 'run' : 'deployed', canRun: first.plan.target.targetName === 'consumption' },
        output,
      ),
    );
  return failed > 0 || unwell > 0 ? 1 : 0;
}

function tellFailed(results: readonly TargetResult<unknown>[], json: true | undefined, output: Output): number {
  const failed = results.filter((one) => 'error' in one);
  if (!json) for (const one of failed) tellError(one, output);
  return failed.length;
}

function doneJson({ outcome, plan, proofs, run }: Deployment) {
  return { outcome, plan: planJson(plan), proofs, ...(run ? { run } : {}) };
}

function failedJson(error: unknown) {
  return { outcome: 'failed', error: messageOf(error) };
}

/** One target has a line for each thing, several have a line each. */
function keyOf({ spec, environment, about }: ProgressEvent, targets: readonly DeployTarget[]): string {
  return targets.length === 1 ? about : `${spec} ${environment}`;
}

function textOf({ spec, environment, about, state }: ProgressEvent): string {
  return `${environment === '' ? spec : `${spec} in ${environment}`}: ${about}: ${state}`;
}
