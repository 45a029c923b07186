import type { Sibling } from '../../definition/surroundings.ts';
import type { ActionEntry } from '../../definition/walk.ts';
import { asText } from '../../diagnostics/words.ts';
import { member } from '../../json/member.ts';
import { Subject } from '../subject.ts';

/** Which workflow calls which, of those that stand beside each other: worked out once for all of them. */
class Calls {
  readonly byDefinition = new Map<unknown, Sibling>();
  readonly #siblings: readonly Sibling[];
  readonly #byName = new Map<string, Sibling>();
  readonly #byId = new Map<string, Sibling>();
  #callers: Map<Sibling, Set<Sibling>> | undefined;

  constructor(siblings: readonly Sibling[]) {
    this.#siblings = siblings;
    // Of several with one name the first counts.
    for (const sibling of siblings.toReversed()) {
      this.byDefinition.set(sibling.definition, sibling);
      if (sibling.name !== undefined) this.#byName.set(sibling.name.toLowerCase(), sibling);
      const id = /-([\da-f-]{36})\.json$/i.exec(sibling.file ?? '')?.[1];
      if (id !== undefined) this.#byId.set(id.toLowerCase(), sibling);
    }
  }

  /** The workflow that an action calls, where it is at hand. */
  calledBy({ node }: ActionEntry): Sibling | undefined {
    const id = asText(member(node, 'inputs', 'host', 'workflow', 'id')).toLowerCase();
    const name = /(?:^|\/workflows\/|workflows'\s*,\s*')([^/'[\]()]+)(?:'\s*\)\s*\]|'\)\])?$/.exec(id)?.[1];
    if (name !== undefined) return this.#byName.get(name);
    return this.#byId.get(asText(member(node, 'inputs', 'host', 'workflowReferenceName')).toLowerCase());
  }

  /** Those that call a workflow, other than itself, in the order of the siblings. */
  get callers(): ReadonlyMap<Sibling, ReadonlySet<Sibling>> {
    this.#callers ??= this.#listCallers();
    return this.#callers;
  }

  #listCallers(): Map<Sibling, Set<Sibling>> {
    const callers = new Map<Sibling, Set<Sibling>>();
    for (const sibling of this.#siblings)
      for (const action of subjectOf(sibling).actionsOfType('workflow')) {
        const called = this.calledBy(action);
        if (called && called !== sibling) callers.set(called, (callers.get(called) ?? new Set()).add(sibling));
      }
    return callers;
  }
}

const calls = new WeakMap<readonly Sibling[], Calls>();
const none: readonly Sibling[] = [];

export function callsAmong(siblings: readonly Sibling[] = none): Calls {
  let among = calls.get(siblings);
  if (!among) {
    among = new Calls(siblings);
    calls.set(siblings, among);
  }
  return among;
}

const subjects = new WeakMap<Sibling, Subject>();

/** A workflow beside the one that is checked, as the rules look at it. */
export function subjectOf(sibling: Sibling): Subject {
  let subject = subjects.get(sibling);
  if (!subject) {
    subject = new Subject(sibling.definition, sibling);
    subjects.set(sibling, subject);
  }
  return subject;
}
