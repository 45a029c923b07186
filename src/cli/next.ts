import { dirname, join } from 'node:path';
import { isIgnoredByGit } from '../disk/find-files.ts';
import { type NextStep, nextSteps, nextText, type State, type TargetKey } from '../next/next-steps.ts';
import { isDeveloperMachine } from '../spec/developer-machine.ts';
import { targetsWithIdentity } from '../spec/identities.ts';
import { needsOf } from '../spec/needs.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import type { Output } from './output.ts';

/** What to do next with a spec in one environment, by commands called as this one was. */
export function stepsAfter(
  { spec, environment }: { readonly spec: Spec; readonly environment: Environment },
  state: Pick<State, 'done' | 'canRun'>,
  { call }: Output,
): NextStep[] {
  const { appRegistration, targets } = environment;
  const folder = dirname(spec.source.file);
  // Files go where a .gitignore beside the spec keeps them out, as that of init does.
  const isKeptOut = folder !== '.' && isIgnoredByGit(join(folder, 'out', 'any'), folder);
  return nextSteps(call, {
    ...(isKeptOut && { out: join(folder, 'out') }),
    ...state,
    targets: (Object.keys(targets) as TargetKey[]).filter((key) => targets[key] !== undefined),
    lacksRegistration: appRegistration.clientId === undefined && needsOf(spec).registration,
    makesIdentity: needsOf(spec).identity && targetsWithIdentity.some((key) => targets[key]?.existingIdentity === false),
    isLocal: isDeveloperMachine(environment),
  });
}

/** The same, told. */
export function tellNext(...[about, state, output]: Parameters<typeof stepsAfter>) {
  const steps = stepsAfter(about, state, output);
  if (steps.length > 0) output.note(nextText(steps));
}
