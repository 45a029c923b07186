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
