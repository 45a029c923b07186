import type { Included } from '../../deploy/removals/removal.ts';
import type { TargetName } from '../../deploy/targets/target-name.ts';
import type { AzureOptions } from '../azure/options.ts';
import type { ExitCode } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Output } from '../output.ts';

export interface DestroyOptions extends AzureOptions {
  environment?: string[];
  target?: TargetName;
  include?: Included[];
  setup?: true;
  plan?: true;
  exitCode?: true;
  yes?: true;
  json?: true;
}

/** Whether somebody wants so many things removed; where there are none, nobody is asked. */
export async function isAgreed(count: number, { plan, yes }: DestroyOptions, output: Output): Promise<boolean> {
  const isYes =
    plan !== true &&
    (count === 0 || yes === true || (await confirm(`Remove ${count === 1 ? 'this' : `these ${count}`} for good?`, '--yes')));
  if (!isYes) output.note('Nothing was removed.');
  return isYes;
}

/** The exit code where nothing failed. */
export function codeOf(count: number, { plan, exitCode }: DestroyOptions): ExitCode {
  return plan && exitCode && count > 0 ? 3 : 0;
}
