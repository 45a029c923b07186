import { progressOf } from '../../deploy/progress.ts';
import { goingOf, type Removal } from '../../deploy/removals/removal.ts';
import { type DeployTarget, nameOf } from '../../deploy/targets/target-of.ts';
import { type Line, line, painted } from '../../diagnostics/line.ts';
import { withAzure } from '../azure/with-azure.ts';
import type { CommandContext, ExitCode } from '../command.ts';
import { eachTarget, messageOf, type TargetResult, targetJson, tellError } from '../deploy/each-target.ts';
import { leftAlone, sharedOf } from '../deploy/shared-removals.ts';
import { targetsOf } from '../deploy/targets.ts';
import { codeOf, type DestroyOptions, isAgreed } from './agreement.ts';

/** Removes what specs have deployed. */
export async function destroyDeployment(
  paths: readonly string[],
  options: DestroyOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { output } = context;
  const targets = targetsOf(paths, options, output);
  return withAzure(options, context, async (azureOf) => {
    const { remove, removalsOf, leavingOf } = await import('../../deploy/removals/removals.ts');
    const removalOptions = { included: options.include ?? [], leaving: leavingOf(targets) };
    const found = await eachTarget(
      targets.map((target) => ({ target })),
      azureOf,
      (azure, { target }) => removalsOf(azure, target, removalOptions),
    );
    if (!options.json)
      for (const one of found) if ('result' in one) output.result([line`${nameOf(one.target)}`, ...one.result.map(removalLine)]);
    const shared = sharedOf(found);
    const count = found.flatMap((one) => ('result' in one ? goingOf(one.result, 'own') : [])).length + shared.length;
    const isYes = await isAgreed(count, options, output);
    const done = isYes
      ? await output.following(async (lines) => {
          const teller = (target: DeployTarget) =>
            progressOf(target, ({ about, state }) =>
              lines.set(`${nameOf(target)} ${about}`, `${nameOf(target)}: ${about}: ${state}`),
            );
          const own = await eachTarget(found, azureOf, async (azure, one) => {
            if ('error' in one) throw one.error;
            await remove(azure, goingOf(one.result, 'own'), teller(one.target));
            return one.result;
          });
          const last = await eachTarget(leftAlone(shared, own), azureOf, (azure, { target, removal }) =>
            remove(azure, [removal], teller(target)),
          );
          return own.map((one) => last.find((end) => end.target === one.target && 'error' in end && 'result' in one) ?? one);
        })
      : found;
    if (options.json) output.json({ removed: isYes, workflows: found.map((one, index) => toJson(done[index] ?? one, one)) });
    for (const one of done) if ('error' in one && !options.json) tellError(one, output);
    return done.some((one) => 'error' in one) ? 1 : codeOf(count, options);
  });
}

function removalLine({ what, name, staysBecause }: Removal): Line {
  return staysBecause === undefined
    ? ['  ', painted('error', '-'), ...line` ${what} ${name}  goes`]
    : [...line`  = ${what} ${name}  stays: `, staysBecause];
}

function toJson(done: TargetResult<unknown>, found: TargetResult<Removal[]>) {
  if ('error' in done) return { ...targetJson(done.target), error: messageOf(done.error) };
  return {
    ...targetJson(done.target),
    found: ('result' in found ? found.result : []).map(({ what, name, staysBecause }) => ({
      what,
      name,
      ...(staysBecause === undefined ? {} : { staysBecause }),
    })),
  };
}
