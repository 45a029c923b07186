import { isSecured } from '../definition/get-secret.ts';
import { asText } from '../diagnostics/words.ts';
import { member } from '../json/member.ts';

/**
 * Types that take no secure inputs, and those that take no secure outputs. Source:
 * docs/facts/run-history.md#hiding-inputs-and-outputs.
 */
const neither = [
  'appendtoarrayvariable',
  'appendtostringvariable',
  'decrementvariable',
  'foreach',
  'if',
  'incrementvariable',
  'initializevariable',
  'recurrence',
  'scope',
  'setvariable',
  'switch',
  'terminate',
  'until',
];
const unsupported = { inputs: new Set(neither), outputs: new Set([...neither, 'compose', 'parsejson', 'response', 'wait']) };

/** Whether the service refuses to hide a part of operations of a type, given in lower case. */
export function cannotHide(typeWord: string, part: 'inputs' | 'outputs'): boolean {
  return unsupported[part].has(typeWord);
}

/**
 * Whether an operation hides its `inputs` or `outputs` from run history, or has a slip in the setting that says so: of that the rules
 * members and secure-data-place tell, and what follows of it would be the same once more.
 */
export function isMeantToHide(operation: unknown, part: 'inputs' | 'outputs'): boolean {
  if (isSecured(operation, part)) return true;
  const setting = member(operation, 'runtimeConfiguration', 'secureData');
  if (setting === undefined || setting === null) return false;
  const words = member(setting, 'properties');
  return !Array.isArray(words) || words.length === 0 || words.some((word) => !/^(?:inputs|outputs)$/i.test(asText(word)));
}
