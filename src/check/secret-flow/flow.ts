import { loopAround } from '../../definition/loops.ts';
import { type ActionEntry, isInside } from '../../definition/walk.ts';
import type { Reference } from '../../expression/references.ts';
import { fromPointer } from '../../json/pointer.ts';
import { push } from '../multimap.ts';
import type { Step } from '../rule.ts';
import type { Subject, TemplateEntry } from '../subject.ts';
import { type Resolve, taintsOfTemplate } from './evaluate.ts';
import { keepsHidden, keptBy } from './kept.ts';
import { element, type NodeKey, pick, type Source, type Taint, within } from './taint.ts';
import { onward } from './way.ts';

/** Something that a workflow starts with and whose way is followed: it stands in a node, at a path. */
export interface FlowOrigin {
  readonly node: NodeKey;
  readonly path: readonly string[];
  readonly source: Source;
  readonly isHidden: boolean;
}

/** A string in whose value something arrives. */
export interface Arrival {
  readonly entry: TemplateEntry;
  readonly taints: readonly Taint[];
  /** Keys from the operation, or from the definition, to the string. */
  readonly path: readonly string[];
}

/** In one place, so many ways are told apart at most; a hostile definition could have one for each path through it. */
const mostTaints = 32;

/**
 * Follows values through a workflow: through expressions, Compose, Parse JSON, Select, Filter array, Join, tables, variables, loops
 * and the results of scopes. Works forward from the origins until nothing new arrives, so that a definition without any costs nothing.
 */
export class Flow {
  readonly #subject: Subject;
  readonly #taints = new Map<NodeKey, Taint[]>();
  readonly #templates = new Map<ActionEntry | undefined, TemplateEntry[]>();
  readonly #readers = new Map<NodeKey, Set<ActionEntry>>();
  readonly #waiting = new Set<ActionEntry>();
  #arrivals: readonly Arrival[] | undefined;

  constructor(subject: Subject, origins: readonly FlowOrigin[]) {
    this.#subject = subject;
    if (origins.length === 0) {
      this.#arrivals = [];
      return;
    }
    for (const entry of subject.templates) this.#index(entry);
    for (const { node, path, source, isHidden } of origins)
      this.#add(node, { source, path, isHidden, way: onward(undefined, source.step) });
    for (const action of this.#waiting) {
      this.#waiting.delete(action);
      this.#assign(action);
    }
  }

  /** Every string of an action, or of the workflow's outputs, in which something arrives, in document order. */
  get arrivals(): readonly Arrival[] {
    this.#arrivals ??= this.#subject.templates.flatMap((entry) => {
      const taints = this.taintsAt(entry);
      return taints.length === 0 ? [] : [{ entry, taints, path: pathIn(entry) }];
    });
    return this.#arrivals;
  }

  /** What is in the value of a string. */
  taintsAt({ template, references, action }: TemplateEntry): Taint[] {
    if (!template || references.length === 0 || this.#taints.size === 0) return [];
    return taintsOfTemplate(template, this.#resolver(action));
  }

  #index(entry: TemplateEntry) {
    const { action, references } = entry;
    push(this.#templates, action, entry);
    if (!action) return;
    for (const reference of references)
      for (const node of this.#nodesOf(reference, action)) {
        const readers = this.#readers.get(node) ?? new Set();
        this.#readers.set(node, readers.add(action));
      }
  }

  /** The places that a reference reads. */
  #nodesOf(reference: Reference, reader: ActionEntry): NodeKey[] {
    const { kind, function: called } = reference;
    const name = reference.name?.toLowerCase();
    if (kind === 'trigger') return ['trigger'];
    if (kind === 'item') {
      const loop = loopAround(reader);
      return loop ? [`item ${loop.nameWord}`] : [];
    }
    if (name === undefined) return [];
    if (kind === 'variable' || kind === 'parameter') return [`${kind} ${name}`];
    if (kind === 'loop') return [`item ${name}`];
    if (kind !== 'action') return [];
    if (called === 'result' || isContainer(this.#subject.actionNamed(name))) return [`results ${name}`];
    return [`outputs ${name}`];
  }

  #add(node: NodeKey, taint: Taint) {
    const there = this.#taints.get(node) ?? [];
    const isKnown = there.some(
      ({ source, path, writer }) => source === taint.source && writer === taint.writer && path.join('/') === taint.path.join('/'),
    );
    if (isKnown || there.length >= mostTaints) return;
    this.#taints.set(node, [...there, taint]);
    for (const reader of this.#readers.get(node) ?? []) this.#waiting.add(reader);
    // A scope or loop gives a list with one entry for each action in it.
    const scope = node.startsWith('outputs ') ? this.#subject.actionNamed(node.slice('outputs '.length))?.parent : undefined;
    if (scope) this.#add(`results ${scope.nameWord}`, within(taint, ['*', 'outputs']));
  }

  /** Follows what arrives in an action on to where the action keeps it. */
  #assign(action: ActionEntry) {
    for (const entry of this.#templates.get(action) ?? []) {
      const taints = this.taintsAt(entry);
      const kept = taints.length === 0 ? undefined : keptBy(action, pathIn(entry));
      for (const taint of kept ? taints : []) {
        const path = kept?.pathOf(taint.path);
        if (!kept || !path) continue;
        const step: Step = { pointer: entry.pointer, message: kept.words };
        const { source } = taint;
        const isHidden = kept.node.startsWith('outputs') && keepsHidden(action);
        const writer = kept.node.startsWith('variable') ? { writer: action } : {};
        this.#add(kept.node, within({ source, path: [], isHidden, way: onward(taint.way, step), ...writer }, path));
      }
    }
  }

  #resolver(reader: ActionEntry | undefined): Resolve {
    return (reference) => {
      const { kind, function: called, name } = reference;
      if (kind === 'item' && reader && iterates.has(reader.typeWord)) return this.#itemsOf(reader);
      if (kind === 'currentAction') return reader ? this.#inputsOf(reader) : [];
      if (kind === 'loop' && called !== 'items') return [];
      if (kind === 'action' && name !== undefined) {
        const target = this.#subject.actionNamed(name);
        if (target && (called === 'result' || isContainer(target))) return this.#taints.get(`results ${target.nameWord}`) ?? [];
        const all = this.#taints.get(`outputs ${name.toLowerCase()}`) ?? [];
        const taints = target && isFromOutsideItsLoop(target, reader) ? all.map((taint) => within(taint, ['*'])) : all;
        if (called === 'actions') return taints.map((taint) => within(taint, ['outputs']));
        return called === 'outputs' || called === 'actionOutputs' ? taints : throughBody(taints, target, reader);
      }
      const nodes = reader ? this.#nodesOf(reference, reader) : this.#nodesOutside(reference);
      const taints = nodes.flatMap((node) => this.#taints.get(node) ?? []);
      if (kind === 'trigger') return ofTrigger(taints, called);
      return kind === 'variable' ? taints.filter(({ writer }) => this.#mayHold(writer, reader)) : taints;
    };
  }

  #nodesOutside({ kind, name }: Reference): NodeKey[] {
    if (kind === 'trigger') return ['trigger'];
    const isNamed = kind === 'variable' || kind === 'parameter';
    return isNamed && name !== undefined ? [`${kind} ${name.toLowerCase()}`] : [];
  }

  /** Whether a variable may have been written when it is read. */
  #mayHold(writer: ActionEntry | undefined, reader: ActionEntry | undefined): boolean {
    if (!writer || !reader || this.#subject.order.mayRefer(reader, writer)) return true;
    // In a loop, what comes later in one round is before the next.
    for (let loop = loopAround(writer); loop; loop = loopAround(loop)) if (isInside(reader, loop)) return true;
    return false;
  }

  /** What is in an item of the list that Select, Filter array or a table goes through. */
  #itemsOf(reader: ActionEntry): Taint[] {
    const from = this.#subject.templateAt(`${reader.pointer}/inputs/from`);
    return from ? element(this.taintsAt(from)) : [];
  }

  /** What an action's own inputs hold, as `action()` gives them in its tracked properties. */
  #inputsOf(action: ActionEntry): Taint[] {
    return (this.#templates.get(action) ?? []).flatMap((entry) => {
      const path = pathIn(entry);
      if (path[0] !== 'inputs' || entry.references.some(({ kind }) => kind === 'currentAction')) return [];
      return this.taintsAt(entry).map((taint) => within(taint, path));
    });
  }
}

/** Actions with an item of their own. */
const iterates: ReadonlySet<string> = new Set(['select', 'query', 'table']);

const containers: ReadonlySet<string> = new Set(['scope', 'foreach', 'until', 'if', 'switch']);

function isContainer(action: ActionEntry | undefined): boolean {
  return action !== undefined && containers.has(action.typeWord);
}

/** From outside of a loop, an action in it gives a list of what it gave in each round. */
function isFromOutsideItsLoop(target: ActionEntry, reader: ActionEntry | undefined): boolean {
  const loop = loopAround(target);
  return loop?.typeWord === 'foreach' && (reader === undefined || !isInside(reader, loop));
}

/** `body()`, and the functions that take a part of it. */
function throughBody(taints: readonly Taint[], target: ActionEntry | undefined, reader: ActionEntry | undefined): Taint[] {
  if (!target || !isFromOutsideItsLoop(target, reader)) return pick(taints, 'body');
  return pick(element(taints), 'body').map((taint) => within(taint, ['*']));
}

function ofTrigger(taints: readonly Taint[], called: string): readonly Taint[] {
  if (called === 'trigger') return taints.map((taint) => within(taint, ['outputs']));
  return called === 'triggerOutputs' ? taints : pick(taints, 'body');
}

/** Keys from the operation, or from the definition, to a string, in lower case; to a key, those of the object that it stands in. */
export function pathIn({ pointer, operation, isKey }: TemplateEntry): string[] {
  const path = fromPointer(operation ? pointer.slice(operation.pointer.length) : pointer).map((key) => key.toLowerCase());
  return isKey ? path.slice(0, -1) : path;
}
