import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fromPointer, toPointer } from '../json/pointer.ts';
import type { Spec } from '../spec/spec.ts';
import type { Workflow } from './workflow.ts';

/** What the members of an HTTP action come from in a request of the spec. */
const originOfInput: Readonly<Record<string, string>> = { uri: 'url', authentication: 'audience' };

/** A finding in the definition as one in the spec that the definition was made from. A fix of the definition is none of the spec. */
export function toSpecDiagnostic(
  { fix: _, further: __, range: ___, ...diagnostic }: Diagnostic,
  spec: Spec,
  workflow: Workflow,
): Diagnostic {
  const pointer = workflow.definition ? '/workflow/file' : originOf(fromPointer(diagnostic.pointer), spec, workflow);
  const range = spec.source.rangeOf(pointer);
  return { ...diagnostic, file: spec.source.file, pointer, ...(range && { range }) };
}

function originOf([group, name, ...rest]: readonly string[], spec: Spec, workflow: Workflow): string {
  if (group === 'triggers') return toPointer(['trigger', workflow.trigger.kind, ...rest.slice(1)]);
  if (group !== 'actions' || name === undefined) return group === 'description' ? '/description' : '';
  const index = workflow.httpSteps.findIndex(({ actionName }) => actionName === name);
  if (index >= 0) return toPointer(['requests', index, ...originInRequest(rest)]);
  if (Object.hasOwn(spec.actions, name)) return toPointer(['actions', name, ...rest]);
  const target = Object.entries([...spec.environments.values()][0]?.targets ?? {}).find(
    ([, value]) => value && 'actions' in value && Object.hasOwn(value.actions ?? {}, name),
  );
  return target ? toPointer(['targets', target[0], 'actions', name, ...rest]) : '';
}

function originInRequest([part, input, ...rest]: readonly string[]): string[] {
  if (part === 'inputs' && input !== undefined)
    return [originOfInput[input] ?? input, ...(input === 'authentication' ? [] : rest)];
  if (part === 'limit') return ['timeout'];
  return part === 'runAfter' ? [part, ...(input === undefined ? [] : [input])] : ['name'];
}
