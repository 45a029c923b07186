import type { ErrorCause } from '../azure/answer.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toPointer } from '../json/pointer.ts';
import { buildWorkflow } from '../workflow/build.ts';
import { toSpecDiagnostic } from '../workflow/origin.ts';
import { targetKeys } from './targets/target-name.ts';
import type { DeployTarget } from './targets/target-of.ts';

/** Which key of the spec stands behind a code of Azure; `target` is what is deployed to. */
const keyOfCode: Readonly<Record<string, readonly string[]>> = {
  subscriptionnotfound: ['target', 'subscription'],
  invalidsubscriptionid: ['target', 'subscription'],
  locationnotavailableforresourcetype: ['target', 'location'],
  invalidresourcelocation: ['target', 'location'],
  requestdisallowedbypolicy: ['target'],
  roleassignmentexists: ['target', 'assignVaultRole'],
  parentresourcenotfound: ['vault', 'name'],
};

/** Where in the spec the reason of a failure stands: at the request that a message names, or at the key that a code is about. */
export function placeInSpec(
  target: DeployTarget,
  causes: readonly ErrorCause[],
): Pick<Diagnostic, 'file' | 'pointer' | 'range'> | undefined {
  const text = causes.map(({ message }) => message).join('\n');
  const action = Object.keys(target.definition?.actions ?? {}).find((name) => text.includes(`'${name}'`));
  if (action !== undefined) return placeOfAction(target, action);
  const key = causes.map(({ code }) => keyOfCode[code.toLowerCase()]).find((found) => found !== undefined) ?? keyOfText(text);
  return key && placeOfKey(target, key);
}

/** Messages name resources by their ids. */
function keyOfText(text: string): readonly string[] | undefined {
  if (/Microsoft\.KeyVault\/vaults/i.test(text) && /not found|could not be found/i.test(text)) return ['vault', 'name'];
  return undefined;
}

function placeOfAction({ spec }: DeployTarget, action: string): Pick<Diagnostic, 'file' | 'pointer' | 'range'> {
  const finding: Diagnostic = {
    rule: '',
    severity: 'error',
    category: 'correctness',
    message: '',
    pointer: toPointer(['actions', action]),
    docs: '',
  };
  return toSpecDiagnostic(finding, spec, buildWorkflow(spec, 'consumption'));
}

/** In the environment where it says so, else at the top. A key that begins with `target` is one of the target's own. */
export function placeOfKey(
  { spec, environment, targetName }: DeployTarget,
  key: readonly string[],
): Pick<Diagnostic, 'file' | 'pointer' | 'range'> | undefined {
  const path = key[0] === 'target' ? ['targets', targetKeys[targetName], ...key.slice(1)] : [...key];
  const candidates = [...(environment.name === '' ? [] : [['environments', environment.name, ...path]]), path, path.slice(0, -1)];
  const found = candidates.find((path) => path.length > 0 && spec.source.has(toPointer(path)));
  if (!found) return undefined;
  const pointer = toPointer(found);
  const range = spec.source.rangeOf(pointer);
  return { file: spec.source.file, pointer, ...(range && { range }) };
}
