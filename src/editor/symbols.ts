import { listVariables } from '../definition/variables.ts';
import { listActions, listTriggers } from '../definition/walk.ts';
import type { Range } from '../diagnostics/diagnostic.ts';
import { isObject } from '../json/json.ts';
import { pointerStep } from '../json/pointer.ts';
import type { EditedWorkflow } from './workflow.ts';

/** An entry of the outline of a workflow. */
export interface WorkflowSymbol {
  readonly name: string;
  /** `parameter`, `trigger`, `action` or `variable`. */
  readonly kind: 'parameter' | 'trigger' | 'action' | 'variable';
  /** Of an operation, its type as written. */
  readonly detail: string;
  /** With its key. */
  readonly range: Range;
  /** The name alone. */
  readonly selection: Range;
  readonly children: readonly WorkflowSymbol[];
}

/** The outline of a workflow: parameters, triggers, actions with those that stand in them, variables below the actions that make them. */
export function symbolsOf(workflow: EditedWorkflow): WorkflowSymbol[] {
  const { definition } = workflow.opened;
  const [triggers, actions] = [listTriggers(definition), listActions(definition)];
  const variables = listVariables(actions.filter(({ typeWord }) => typeWord === 'initializevariable'));
  const at = (kind: WorkflowSymbol['kind'], name: string, detail: string, pointer: string, children: WorkflowSymbol[]) => {
    const selection = workflow.rangeOf(pointer, 'key');
    const { end } = workflow.rangeOf(pointer);
    return { kind, name, detail, selection, range: { start: selection.start, end }, children };
  };
  const parameters = Object.entries(isObject(definition.parameters) ? definition.parameters : {}).map(([name, declared]) =>
    at(
      'parameter',
      name,
      isObject(declared) && typeof declared.type === 'string' ? declared.type : '',
      `/parameters${pointerStep(name)}`,
      [],
    ),
  );
  const made = new Map(actions.map((action) => [action, [] as WorkflowSymbol[]]));
  for (const { action, name, pointer, type } of variables) {
    const range = workflow.rangeOf(pointer);
    const selection = workflow.rangeOf(`${pointer}/name`);
    made
      .get(action)
      ?.push({ kind: 'variable', name, detail: typeof type === 'string' ? type : '', range, selection, children: [] });
  }
  const top: WorkflowSymbol[] = [];
  for (const action of actions) {
    const symbol = at('action', action.name, action.type, action.pointer, made.get(action) ?? []);
    (action.parent ? made.get(action.parent) : top)?.push(symbol);
  }
  return [...parameters, ...triggers.map(({ name, type, pointer }) => at('trigger', name, type, pointer, [])), ...top];
}
