import type { OperationEntry } from '../../definition/walk.ts';
import { isObject } from '../../json/json.ts';
import { hostOf } from '../address.ts';
import { push } from '../multimap.ts';
import type { Subject } from '../subject.ts';
import { Members } from './members.ts';

/** Where in an operation a request is written. */
export type RequestPlace = 'action' | 'trigger' | 'subscribe' | 'unsubscribe' | 'mcp-tool';

/** A request over HTTP that a workflow makes by itself, and not through a connector. */
export interface Request {
  /** The trigger or the action that makes it. */
  readonly operation: OperationEntry;
  readonly place: RequestPlace;
  /** `inputs` of an HTTP action or trigger, `subscribe` and `unsubscribe` of a webhook, the connection of an MCP tool. */
  readonly members: Members;
  /** What the address is called there. */
  readonly address: 'uri' | 'McpServerUrl';
  /** The host that it calls, as far as the address says it in plain text; in lower case. */
  readonly host: string | undefined;
}

/**
 * Every request of a definition, triggers first, else in document order: HTTP actions and triggers, what a webhook subscribes and
 * unsubscribes with, the MCP servers that Consumption's tools call. Source: docs/facts/sign-in.md#where-a-sign-in-stands.
 */
export function requestsOf(subject: Subject): readonly Request[] {
  return subject.once(listRequests);
}

const makesRequests: ReadonlySet<string> = new Set(['http', 'httpwebhook', 'mcpclienttool']);

function listRequests(subject: Subject): Request[] {
  const triggers = new Set(subject.triggers);
  return subject.operations.flatMap((operation): Request[] => {
    const { node, typeWord, pointer } = operation;
    if (!makesRequests.has(typeWord) || !isObject(node.inputs)) return [];
    const inputs = new Members(subject, node.inputs, `${pointer}/inputs`);
    const request = (place: RequestPlace, members: Members | undefined, address: Request['address'] = 'uri'): Request[] =>
      members ? [{ operation, place, members, address, host: hostIn(subject, members, address) }] : [];
    switch (typeWord) {
      case 'http':
        return request(triggers.has(operation) ? 'trigger' : 'action', inputs);
      case 'httpwebhook':
        return [...request('subscribe', inputs.group('subscribe')), ...request('unsubscribe', inputs.group('unsubscribe'))];
      case 'mcpclienttool':
        return request('mcp-tool', inputs.group('Connection'), 'McpServerUrl');
      default:
        return [];
    }
  });
}

function hostIn(subject: Subject, members: Members, address: Request['address']): string | undefined {
  const given = members.given(address);
  const text = given && (given.text ?? plainStart(subject, given.pointer));
  return text === undefined ? undefined : hostOf(text);
}

/** The text before the first expression of a string, where it holds a whole host name. */
function plainStart(subject: Subject, pointer: string): string | undefined {
  const template = subject.templateAt(pointer)?.template;
  const first = template?.kind === 'interpolation' ? template.segments[0] : undefined;
  return first?.kind === 'text' && /^https?:\/\/[^/]+\//i.test(first.text) ? first.text : undefined;
}

/** The requests that an operation makes, given by its pointer. */
export function requestsAt(subject: Subject, pointer: string): readonly Request[] {
  return subject.once(byPointer).get(pointer) ?? [];
}

function byPointer(subject: Subject): ReadonlyMap<string, readonly Request[]> {
  const found = new Map<string, Request[]>();
  for (const request of requestsOf(subject)) push(found, request.operation.pointer, request);
  return found;
}

/** The host that an operation calls with a request of its own, as far as that is known. */
export function hostCalled(subject: Subject, { pointer }: Pick<OperationEntry, 'pointer'>): string | undefined {
  return requestsAt(subject, pointer)[0]?.host;
}
