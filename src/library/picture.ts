import { type CheckOptions, check } from '../check/check.ts';
import { markedOperations } from '../check/marks.ts';
import { Subject } from '../check/subject.ts';
import type { OperationEntry } from '../definition/walk.ts';
import { layOut } from '../picture/layout.ts';
import { toMermaid } from '../picture/mermaid.ts';
import { type Mark, outlineOf } from '../picture/outline.ts';
import { toSvg } from '../picture/svg.ts';

/** A workflow as a picture, in two forms. */
export interface Picture {
  /** Stands alone: no script, no address, colours for light and dark pages. */
  readonly svg: string;
  /** For Markdown, as GitHub and Azure DevOps draw it. */
  readonly mermaid: string;
}

export interface PictureOptions extends Omit<CheckOptions, 'name'> {
  readonly name?: string | undefined;
  /** JSON pointers of actions, of branches' groups of actions and of states in `runAfter`, as `certflow test --coverage --json` has them. */
  readonly unreached?: readonly string[];
}

/**
 * Draws a workflow definition (parsed JSON, anything at all): triggers and actions with what runs after what, scopes and branches around
 * their actions; marked are the reading of secrets, sign-ins, and what shows a secret. `name` is the title of the picture; `unreached` are
 * the JSON pointers of what no test reaches, marked too. Never throws for what the definition holds.
 */
export function picture(definition: unknown, { name = 'workflow', unreached = [], ...options }: PictureOptions = {}): Picture {
  const missed = new Set(unreached);
  const outline = outlineOf(definition, marker(definition, options), (pointer) => missed.has(pointer));
  return { svg: toSvg(layOut(outline), name), mermaid: toMermaid(outline) };
}

function marker(definition: unknown, options: CheckOptions): (operation: OperationEntry) => Mark | undefined {
  const subject = new Subject(definition, options);
  const operations = new Set(subject.operations.map(({ pointer }) => pointer));
  const marks = new Map<string, Mark>(markedOperations(subject));
  for (const { category, severity, pointer, path = [] } of check(definition, options)) {
    if (category !== 'security' || severity === 'info') continue;
    for (const place of [pointer, ...path.map((step) => step.pointer)]) marks.set(operationAround(place, operations), 'leak');
  }
  return ({ pointer }) => marks.get(pointer);
}

/** The innermost operation that a place is in, by its pointer; empty where it is in none. */
function operationAround(pointer: string, operations: ReadonlySet<string>): string {
  let here = pointer;
  while (here !== '' && !operations.has(here)) here = here.slice(0, here.lastIndexOf('/'));
  return here;
}
