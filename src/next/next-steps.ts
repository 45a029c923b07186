import type { Call } from './call.ts';
import { certflow } from './command-line.ts';

/** What has been done with a spec, in the order of the work. */
export type Done = 'written' | 'generated' | 'emulated' | 'set up' | 'deployed' | 'run' | 'looked at';

/** A place that a spec is deployed to, as its key under `targets`. */
export type TargetKey = 'consumption' | 'standard' | 'appService' | 'powerAutomate';

/** What is known of a spec in one environment. */
export interface State {
  readonly done: Done;
  readonly targets: readonly TargetKey[];
  /** Whether it signs in as an app registration that is not there yet. */
  readonly lacksRegistration: boolean;
  /** Whether it signs in with an identity that setup makes; whether that is there already, the spec does not tell. */
  readonly makesIdentity: boolean;
  /** Whether the environment is a developer's machine, to which nothing is deployed. */
  readonly isLocal: boolean;
  /** Whether its workflow can be started and its runs be followed by certflow. */
  readonly canRun?: boolean;
  /** Where `generate` puts its files, where that is not its default. */
  readonly out?: string;
}

/** A step to take, and the command for it, as it can be pasted. */
export interface NextStep {
  /** What for, as after "Next, ". */
  readonly why: string;
  readonly command: string;
}

/** What to do next with a spec. `call` is how the command that ends was called. */
export function nextSteps(
  call: Call,
  { done, targets, lacksRegistration, makesIdentity, isLocal, canRun, out }: State,
): NextStep[] {
  const files = (why: string): NextStep => ({
    why,
    command: certflow(call, 'generate', ...(out === undefined ? [] : ['--out', out])),
  });
  const setUp = setUpAnySpec(call);
  const runs: NextStep = { why: 'list its runs', command: certflow(call, 'runs') };
  const deployed = targets.filter((target) => target !== 'powerAutomate');
  const first = deployed.includes('consumption') ? 'consumption' : deployed[0];
  const deploying = deployed.map((target) => ({
    why: `deploy to ${words[target]} (it shows the plan, and asks)`,
    // Without the option it is Consumption, or the only one.
    command: certflow(
      call,
      'deploy',
      ...(target === first && (deployed.length === 1 || target === 'consumption') ? [] : ['--target', flags[target]]),
    ),
  }));
  const importing = targets.includes('powerAutomate')
    ? [files('make the package for Power Automate; IMPORT.md beside it says how to import it')]
    : [];

  switch (done) {
    case 'written':
      return [files('make its files, without asking anything of Azure'), setUp];
    case 'generated':
      if (isLocal) return lacksRegistration ? [setUp] : [];
      if (lacksRegistration) return [setUp];
      return makesIdentity ? [setUp, ...deploying] : deploying;
    case 'emulated':
      return lacksRegistration ? [setUp] : [...deploying.slice(0, 1), ...(deploying.length === 0 ? importing : [])];
    case 'set up':
      return isLocal ? [files('make the settings for debugging')] : [...deploying, ...importing];
    case 'deployed':
      return canRun
        ? [{ why: 'start the workflow, and see it work', command: certflow(call, 'deploy', '--run') }]
        : [{ why: 'look at any time whether it can work', command: certflow(call, 'status') }];
    case 'run':
      return [runs, { why: 'look at any time whether it can work', command: certflow(call, 'status') }];
    case 'looked at':
      return [runs];
  }
}

/** What is first, whatever a spec says. */
export function setUpAnySpec(call: Call): NextStep {
  return {
    why: 'make what is missing in Entra ID and Azure (it shows the plan, and asks)',
    command: certflow(call, 'setup'),
  };
}

/** For a person: each command on a line of its own. */
export function nextText(steps: readonly NextStep[]): string[] {
  return steps.flatMap(({ why, command }, index) => [`${index === 0 ? 'Next' : 'Or'}, ${why}:`, `  ${command}`]);
}

const words = { consumption: 'the Logic App', standard: 'the Logic App (Standard)', appService: 'the web app' } as const;
const flags = { consumption: 'consumption', standard: 'standard', appService: 'app-service' } as const;
