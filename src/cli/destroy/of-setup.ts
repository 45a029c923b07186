import { AzureError } from '../../azure/azure-error.ts';
import { nameOf } from '../../deploy/targets/target-of.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { type Line, line, painted } from '../../diagnostics/line.ts';
import { aimsOf } from '../../setup/aims.ts';
import type { SetupPlace, SetupRemoval } from '../../setup/removals/removal.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { withAzure } from '../azure/with-azure.ts';
import type { CommandContext, ExitCode } from '../command.ts';
import { messageOf, targetJson, tellError } from '../deploy/each-target.ts';
import { inParallel } from '../deploy/in-parallel.ts';
import type { Output } from '../output.ts';
import { readSpecs } from '../read-specs.ts';
import { codeOf, type DestroyOptions, isAgreed } from './agreement.ts';

/** How many places are looked at side by side. */
const inFlight = 8;

interface Found {
  readonly target: SetupPlace;
  readonly removals: readonly SetupRemoval[];
}

type Failed = { readonly target: SetupPlace; readonly error: unknown };

/** Takes back what `certflow setup` made for specs. */
export async function destroySetup(
  paths: readonly string[],
  options: DestroyOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { output } = context;
  const places = readSpecs(paths, output).flatMap((spec) =>
    (options.environment ?? [undefined]).map((name): SetupPlace => ({ spec, environment: chooseEnvironment(spec, name) })),
  );
  // What a spec lacks is told before anybody signs in.
  for (const { spec, environment } of places) aimsOf(spec, environment);
  return withAzure(options, context, async (azureOf) => {
    const { agreed, setupRemovalsOf } = await import('../../setup/removals/setup-removals.ts');
    const looked = await inParallel(places, inFlight, async (target): Promise<Found | Failed> => {
      const azure = azureOf(target.environment.cloud);
      try {
        return { target, removals: await setupRemovalsOf(azure, target, { leaving: places, cloudFile: options.cloudFile }) };
      } catch (error) {
        if (places.length === 1) throw error;
        return { target, error };
      }
    });
    // What could not be looked at may need what the others have with it.
    const isWhole = looked.every((one) => 'removals' in one);
    const found = looked.filter((one) => 'removals' in one);
    const all = agreed(found.map(({ removals }) => removals));
    if (!options.json)
      for (const [index, { target }] of found.entries())
        output.result([line`${nameOf(target)}`, ...(all[index] ?? []).flatMap(removalLines), ...nothingOf(all[index] ?? [])]);
    for (const one of looked) if ('error' in one && !options.json) tellError(one, output);
    const going = ofLastOwner(all);
    const isYes = isWhole && (await isAgreed(going.length, options, output));
    if (!isWhole) output.note('Nothing was removed: what could not be looked at may need it.');
    const kept = isYes ? await removeAll(going, output) : new Map<string, string>();
    if (options.json)
      output.json({
        removed: isYes,
        setups: looked.map((one) => {
          const at = 'removals' in one ? found.indexOf(one) : -1;
          return {
            ...targetJson(one.target),
            ...('error' in one
              ? { error: messageOf(one.error) }
              : { found: (all[at] ?? []).map((removal) => toJson(removal, kept)) }),
          };
        }),
      });
    if (!isWhole || kept.size > 0) return 1;
    return codeOf(going.length, options);
  });
}

/** Each thing once: where several places have it together, in the turn of the last of them. */
function ofLastOwner(all: readonly (readonly SetupRemoval[])[]): SetupRemoval[] {
  const going = all.flatMap((removals) => removals.filter(({ staysBecause }) => staysBecause === undefined));
  const last = new Map(going.map((one, index) => [one.id, index]));
  return going.filter(({ id }, index) => last.get(id) === index);
}

/**
 * One after the other; what does not hang on something that failed goes on. Gives why things stayed after all, by id.
 */
async function removeAll(going: readonly SetupRemoval[], output: Output): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for (const { what, name, id, after = [], remove } of going) {
    const about = line`${what} ${name}: `;
    try {
      const why = after.some((one) => kept.has(one))
        ? 'what has to go before it is still there'
        : await remove((about, state) => output.note([`${about}: ${state}`]));
      if (why !== undefined) kept.set(id, why);
      output.note([[...about, why === undefined ? 'is gone' : `stays: ${why}`]]);
    } catch (error) {
      const why = reasonOf(error);
      kept.set(id, why);
      output.note([[...about, why]]);
    }
  }
  return kept;
}

/** What went wrong with one thing. Whoever has stopped the command, or is not signed in, has stopped all of it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof RefusedError) || (error instanceof AzureError && error.kind !== 'refused')) throw error;
  return error.message.replaceAll('\n', ' ');
}

function removalLines({ what, name, staysBecause, details = [] }: SetupRemoval): Line[] {
  if (staysBecause !== undefined) return [line`  = ${what} ${name}  stays:`, `      ${staysBecause}`];
  return [['  ', painted('error', '-'), ...line` ${what} ${name}  goes`], ...details.map((detail) => `      ${detail}`)];
}

function nothingOf(removals: readonly SetupRemoval[]): Line[] {
  return removals.some(({ staysBecause }) => staysBecause === undefined)
    ? []
    : ['  Nothing here was made by certflow setup, or all of it is used.'];
}

function toJson({ what, name, id, staysBecause, details }: SetupRemoval, kept: ReadonlyMap<string, string>) {
  const why = staysBecause ?? kept.get(id);
  return { what, name, ...(why === undefined ? {} : { staysBecause: why }), ...(details === undefined ? {} : { details }) };
}
