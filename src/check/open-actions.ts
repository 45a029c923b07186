import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import type { Subject } from './subject.ts';

type Node = Readonly<Record<string, unknown>>;

/**
 * Whether some of the actions or variables are worked out when the template is deployed (`"actions": "[variables('actions')]"`): then
 * a name that stands nowhere may be one of theirs.
 */
export function hasOpenActions(subject: Subject): boolean {
  const { definition, actions, surroundings } = subject;
  if (surroundings.armExpressions !== true) return false;
  const isOpen = (value: unknown) => subject.isArmExpression(value);
  const isOpenIn = (node: Node) =>
    isOpen(node.type) || groupsIn(node).some((group) => isOpen(group) || valuesOf(group).some(isOpen));
  const variablesOf = (node: Node) => [
    node.inputs,
    member(node.inputs, 'variables'),
    ...valuesOf(member(node.inputs, 'variables')),
  ];
  return (
    [definition, ...actions.map(({ node }) => node)].some(isOpenIn) ||
    subject.actionsOfType('initializevariable').some(({ node }) => variablesOf(node).some(isOpen))
  );
}

/** What holds actions, as the workflow and actions of each type have it: groups, and what stands around them. */
function groupsIn(node: Node): unknown[] {
  const branches = [node.else, node.default, ...valuesOf(node.cases), ...valuesOf(node.tools)];
  return [node.actions, node.cases, node.tools, ...branches, ...branches.map((branch) => member(branch, 'actions'))];
}

function valuesOf(value: unknown): unknown[] {
  return isObject(value) || Array.isArray(value) ? Object.values(value) : [];
}
