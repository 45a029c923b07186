import type { Sibling } from '../../definition/surroundings.ts';
import type { ActionEntry } from '../../definition/walk.ts';
import type { Step } from '../rule.ts';
import { isMeantToHide } from '../secure-data.ts';
import type { Subject } from '../subject.ts';
import { callsAmong, subjectOf } from './calls.ts';
import { listDemands } from './demand.ts';
import { Flow, type FlowOrigin } from './flow.ts';
import { demandedOrigins, listOrigins } from './origins.ts';
import type { Taint } from './taint.ts';
import { stepsOf } from './way.ts';

/**
 * What the workflows that call this one hand to its trigger, in the body of their call. One call is looked through: what a caller
 * has from its own caller is told where that one is checked.
 */
export function listReceived(subject: Subject): FlowOrigin[] {
  const [trigger] = subject.triggers;
  if (trigger?.typeWord !== 'request') return [];
  return callersOf(subject).flatMap(({ sibling, flow }) =>
    flow.arrivals.flatMap(({ entry: { action, pointer }, taints, path }) => {
      const [part, key, ...rest] = path;
      if (!action || part !== 'inputs' || key !== 'body' || calledBy(action, subject.surroundings.siblings) !== itself(subject))
        return [];
      const handing = { pointer, message: `"${action.name}" of workflow "${sibling.name}" hands it over` };
      return taints.map(
        (taint): FlowOrigin => ({
          node: 'trigger',
          path: ['body', ...rest, ...taint.path],
          source: sourceElsewhere(taint, sibling, handing),
          isHidden: isMeantToHide(trigger.node, 'outputs'),
        }),
      );
    }),
  );
}

/** What the workflows that this one calls answer with. */
export function listReturned(subject: Subject): FlowOrigin[] {
  const { siblings } = subject.surroundings;
  if (!siblings) return [];
  return subject.actionsOfType('workflow').flatMap((action): FlowOrigin[] => {
    const child = calledBy(action, siblings);
    if (!child || child.definition === subject.definition) return [];
    return flowIn(child).arrivals.flatMap(({ entry, taints, path }) => {
      const [part, key, ...rest] = path;
      if (entry.action?.typeWord !== 'response' || part !== 'inputs' || key !== 'body') return [];
      const returning = { pointer: entry.pointer, message: `"${entry.action.name}" of workflow "${child.name}" returns it` };
      return taints.map(
        (taint): FlowOrigin => ({
          node: `outputs ${action.nameWord}`,
          path: ['body', ...rest, ...taint.path],
          source: sourceElsewhere(taint, child, returning),
          isHidden: isMeantToHide(action.node, 'outputs'),
        }),
      );
    });
  });
}

/** A secret's way up to where it crosses over from another workflow. */
function sourceElsewhere(taint: Taint, sibling: Sibling, last: Step): FlowOrigin['source'] {
  const before = [...stepsOf(taint), last].map((step): Step => ({ ...step, sibling }));
  const [step = last] = before.slice(-1);
  return { kind: 'sibling', words: `${taint.source.words} in workflow "${sibling.name}"`, before: before.slice(0, -1), step };
}

function callersOf(subject: Subject): { sibling: Sibling; flow: Flow }[] {
  const own = itself(subject);
  const callers = (own && callsAmong(subject.surroundings.siblings).callers.get(own)) ?? [];
  return [...callers].map((sibling) => ({ sibling, flow: flowIn(sibling) }));
}

/** The workflow that is checked, as one of the siblings. */
function itself({ definition, surroundings: { siblings } }: Subject): Sibling | undefined {
  return callsAmong(siblings).byDefinition.get(definition);
}

/**
 * The workflow that an action calls, where it is at hand: Standard names it, Consumption has its resource id, a solution the id that
 * its file's name ends in. Source: docs/facts/solution.md#files; Microsoft's page on nested workflows.
 */
function calledBy(action: ActionEntry, siblings: readonly Sibling[] | undefined): Sibling | undefined {
  return callsAmong(siblings).calledBy(action);
}

const flows = new WeakMap<Sibling, Flow>();

/** Where the secrets go that a workflow has by itself. */
function flowIn(sibling: Sibling): Flow {
  let flow = flows.get(sibling);
  if (!flow) {
    const subject = subjectOf(sibling);
    flow = new Flow(subject, [...listOrigins(subject), ...demandedOrigins(subject, subject.once(listDemands))]);
    flows.set(sibling, flow);
  }
  return flow;
}
