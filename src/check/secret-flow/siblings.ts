import { isSecured } from '../../definition/get-secret.ts';
import type { Sibling } from '../../definition/surroundings.ts';
import { type ActionEntry, member } from '../../definition/walk.ts';
import { asText } from '../../diagnostics/words.ts';
import type { Step } from '../rule.ts';
import { Subject } from '../subject.ts';
import { listDemands } from './demand.ts';
import { Flow, type Origin } from './flow.ts';
import { demandedOrigins, listOrigins } from './origins.ts';
import { stepsOf, type Taint } from './taint.ts';

/**
 * What the workflows that call this one hand to its trigger, in the body of their call. One call is looked through: what a caller
 * has from its own caller is told where that one is checked.
 */
export function listReceived(subject: Subject): Origin[] {
  const [trigger] = subject.triggers;
  if (trigger?.typeWord !== 'request') return [];
  return callersOf(subject).flatMap(({ sibling, flow }) =>
    flow.arrivals.flatMap(({ entry: { action, pointer }, taints, path }) => {
      const [part, key, ...rest] = path;
      if (!action || part !== 'inputs' || key !== 'body' || calledBy(action, subject.surroundings.siblings) !== itself(subject))
        return [];
      const handing = { pointer, message: `"${action.name}" of workflow "${sibling.name}" hands it over` };
      return taints.map(
        (taint): Origin => ({
          node: 'trigger',
          path: ['body', ...rest, ...taint.path],
          source: sourceElsewhere(taint, sibling, handing),
          isHidden: isSecured(trigger.node, 'outputs'),
        }),
      );
    }),
  );
}

/** What the workflows that this one calls answer with. */
export function listReturned(subject: Subject): Origin[] {
  const { siblings } = subject.surroundings;
  if (!siblings) return [];
  return subject.actionsOfType('workflow').flatMap((action): Origin[] => {
    const child = calledBy(action, siblings);
    if (!child || child.definition === subject.definition) return [];
    return flowIn(child).arrivals.flatMap(({ entry, taints, path }) => {
      const [part, key, ...rest] = path;
      if (entry.action?.typeWord !== 'response' || part !== 'inputs' || key !== 'body') return [];
      const returning = { pointer: entry.pointer, message: `"${entry.action.name}" of workflow "${child.name}" returns it` };
      return taints.map(
        (taint): Origin => ({
          node: `outputs ${action.nameWord}`,
          path: ['body', ...rest, ...taint.path],
          source: sourceElsewhere(taint, child, returning),
          isHidden: isSecured(action.node, 'outputs'),
        }),
      );
    });
  });
}

/** A secret's way up to where it crosses over from another workflow. */
function sourceElsewhere(taint: Taint, sibling: Sibling, last: Step): Origin['source'] {
  const before = [...stepsOf(taint), last].map((step): Step => ({ ...step, sibling }));
  const [step = last] = before.slice(-1);
  return { kind: 'sibling', words: `${taint.source.words} in workflow "${sibling.name}"`, before: before.slice(0, -1), step };
}

function callersOf(subject: Subject): { sibling: Sibling; flow: Flow }[] {
  const { siblings = [] } = subject.surroundings;
  const own = itself(subject);
  if (!own) return [];
  return siblings
    .filter((sibling) => sibling !== own)
    .filter((sibling) =>
      subjectOf(sibling)
        .actionsOfType('workflow')
        .some((action) => calledBy(action, siblings) === own),
    )
    .map((sibling) => ({ sibling, flow: flowIn(sibling) }));
}

/** The workflow that is checked, as one of the siblings. */
function itself({ definition, surroundings: { siblings } }: Subject): Sibling | undefined {
  return siblings?.find((sibling) => sibling.definition === definition);
}

/**
 * The workflow that an action calls, where it is at hand: Standard names it, Consumption has its resource id, a solution the id that
 * its file's name ends in. Source: docs/facts/solution.md#files; Microsoft's page on nested workflows.
 */
function calledBy({ node }: ActionEntry, siblings: readonly Sibling[] = []): Sibling | undefined {
  const id = asText(member(node, 'inputs', 'host', 'workflow', 'id')).toLowerCase();
  const name = /(?:^|\/workflows\/|workflows'\s*,\s*')([^/'[\]()]+)(?:'\s*\)\s*\]|'\)\])?$/.exec(id)?.[1];
  if (name !== undefined) return siblings.find((sibling) => sibling.name?.toLowerCase() === name);
  const reference = asText(member(node, 'inputs', 'host', 'workflowReferenceName')).toLowerCase();
  return reference === '' ? undefined : siblings.find(({ file }) => file?.toLowerCase().endsWith(`-${reference}.json`));
}

const subjects = new WeakMap<Sibling, Subject>();
const flows = new WeakMap<Sibling, Flow>();

function subjectOf(sibling: Sibling): Subject {
  let subject = subjects.get(sibling);
  if (!subject) {
    subject = new Subject(sibling.definition, sibling);
    subjects.set(sibling, subject);
  }
  return subject;
}

/** Where the secrets go that a workflow has by itself. */
function flowIn(sibling: Sibling): Flow {
  let flow = flows.get(sibling);
  if (!flow) {
    const subject = subjectOf(sibling);
    flow = new Flow(subject, [...listOrigins(subject), ...demandedOrigins(listDemands(subject))]);
    flows.set(sibling, flow);
  }
  return flow;
}
