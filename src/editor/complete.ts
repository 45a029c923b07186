import { getLocation, parse } from 'jsonc-parser';
import schema from '../../schemas/definition.schema.json' with { type: 'json' };
import { connectionsIn, standardConnections } from '../definition/connections.ts';
import { isObject } from '../json/json.ts';
import { member, memberNamed } from '../json/member.ts';
import { toPointer } from '../json/pointer.ts';
import { completeExpression, type Proposal, type Proposals } from './complete-expression.ts';
import { type SchemaMember, SchemaView, valueAt } from './schema-members.ts';
import type { EditedWorkflow } from './workflow.ts';

const view = new SchemaView(schema);

/**
 * What could stand at an offset of a text. The workflow may be that of the text as it was when it last could be read: half a member makes
 * no JSON.
 */
export function completeAt(workflow: EditedWorkflow, text: string, offset: number): Proposals | undefined {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const start = workflow.opened.pointer;
  const pointer = toPointer(path);
  if (!(pointer === start || pointer.startsWith(`${start}/`))) return undefined;
  const place = path.slice(start === '' ? 0 : start.slice(1).split('/').length);
  const isInString = previousNode?.type === 'string' || (isAtPropertyKey && text[previousNode?.offset ?? -1] === '"');
  const begun = isInString && previousNode ? text.slice(previousNode.offset + 1, Math.max(offset, previousNode.offset + 1)) : '';
  if (isInString && /^@|@\{/.test(begun)) return inExpression(workflow, place, begun);
  // As far as it can be read: the members that are there now count.
  const definition = valueAt(parse(text), path.slice(0, path.length - place.length));
  const proposals = isAtPropertyKey ? keys(workflow, place.slice(0, -1), definition) : values(workflow, place, definition);
  const quoted = (one: Proposal): Proposal => ({
    ...one,
    text: isInString ? (one.text ?? one.label) : JSON.stringify(one.label),
  });
  return { replaces: isInString ? begun.length : 0, proposals: proposals.map(isInString ? quoted : bare(isAtPropertyKey)) };
}

/** Where no quotes are yet, they come with it; after a key, its colon, too. */
function bare(isKey: boolean) {
  return (one: Proposal): Proposal => {
    const isText = isKey || !/^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(one.label);
    return { ...one, text: `${isText ? JSON.stringify(one.label) : one.label}${isKey ? ': ' : ''}` };
  };
}

function inExpression(workflow: EditedWorkflow, place: readonly (string | number)[], written: string): Proposals | undefined {
  const { subject } = workflow;
  const text = unescaped(written);
  const around = subject.operationAround(toPointer(place));
  const inside = around?.action === undefined ? undefined : subject.actionNamed(around.action);
  const connections = /parameters\('\$connections'\)(?:\?)?(?:\['value'\]\??)?\['([^']*)$/.exec(text);
  const found: Proposals | undefined = connections
    ? { replaces: (connections[1] ?? '').length, proposals: valuesOfConnections(workflow) }
    : completeExpression(text, subject, inside);
  // What is proposed goes into a JSON string.
  return (
    found && {
      ...found,
      proposals: found.proposals.map((one) => ({ ...one, text: JSON.stringify(one.text ?? one.label).slice(1, -1) })),
    }
  );
}

/** A JSON string as far as it is written, read; half an escape at its end is left out. */
function unescaped(written: string): string {
  try {
    return String(JSON.parse(`"${written.replace(/\\(?:u[\da-fA-F]{0,3})?$/, '')}"`));
  } catch {
    return written;
  }
}

function valuesOfConnections({ subject }: EditedWorkflow): Proposal[] {
  const value = member(memberNamed(subject.surroundings.parameters, '$connections'), 'value');
  return named(isObject(value) ? Object.keys(value) : [], 'connection');
}

function keys({ subject }: EditedWorkflow, place: readonly (string | number)[], definition: unknown): Proposal[] {
  const last = place.at(-1);
  if (last === 'runAfter') {
    const own = subject.actions.find(({ pointer }) => pointer === toPointer(place.slice(0, -1)));
    const beside = own?.group.entries ?? subject.actions.filter(({ depth }) => depth === 1);
    return beside
      .filter((action) => action !== own && !own?.after.includes(action.name))
      .map(({ name, type }) => ({ label: name, kind: 'action', detail: type }));
  }
  return view.keysAt(definition, place).map((one) => ofSchema(one, 'property'));
}

function values({ subject }: EditedWorkflow, place: readonly (string | number)[], definition: unknown): Proposal[] {
  const pointer = toPointer(place);
  const operation = subject.operations.find((one) => pointer.startsWith(`${one.pointer}/`));
  const { connections, connectionReferences } = subject.surroundings;
  const used = subject.operations.flatMap(standardConnections).find((one) => one.pointer === pointer);
  if (used) return named(connectionsIn(connections, used.group), 'connection');
  if (operation && pointer === `${operation.pointer}/inputs/host/connectionName` && connectionReferences)
    return named(Object.keys(connectionReferences), 'connection');
  if (
    /\/inputs\/name$/.test(pointer) &&
    /variable$/i.test(subject.actions.find((one) => pointer === `${one.pointer}/inputs/name`)?.type ?? '')
  )
    return subject.variables.map(({ name, type }) => ({ label: name, kind: 'variable', detail: String(type) }));
  return view.valuesAt(definition, place).map((one) => ofSchema(one, 'value'));
}

function named(names: readonly string[], kind: Proposal['kind']): Proposal[] {
  return names.map((label) => ({ label, kind }));
}

/** As a proposal. */
export function ofSchema({ name, about }: SchemaMember, kind: 'property' | 'value'): Proposal {
  return { label: name, kind, ...(about !== undefined && { about }) };
}
