import { asText as wordOf } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import type { WantedRequest } from '../mocks/request.ts';
import { refuse } from '../refusal.ts';
import { groupOf, toPlain } from '../values/json.ts';
import { asText } from '../values/text.ts';
import { type Group, isGroup, type Value } from '../values/value.ts';
import type { Action } from './action.ts';

/** The request that an action makes of its inputs, and the inputs as run history has them: without what it signs in with. */
export function requestOf(action: Action): { inputs: Value; request: WantedRequest; isSecret: boolean } {
  const { node, name, type, typeWord, scope } = action;
  const { host, authentication, ...rest } = isObject(node.inputs) ? node.inputs : {};
  const resolved = scope.resolve(rest);
  const group: Group = isGroup(resolved.value) ? resolved.value : {};
  const signIn = signInOf(action, authentication);
  const common = { action: name, type, ...(signIn.type !== undefined && { authentication: signIn.type }) };
  const isConnector = host !== undefined || group.serviceProviderConfiguration !== undefined || group.function !== undefined;
  const request = isConnector ? connectorRequest(common, host, group) : httpRequest(common, typeWord, group);
  const inputs = groupOf([
    ...(host === undefined ? [] : [['host', plainHost(host)] satisfies [string, Value]]),
    ...Object.entries(withoutAuthorization(group)),
    ...(signIn.type === undefined ? [] : [['authentication', groupOf([['type', signIn.type]])] satisfies [string, Value]]),
  ]);
  return { inputs, request, isSecret: resolved.isSecret || signIn.isSecret };
}

/** How an action signs in. A connector signs in with its connection: what stands there is the host's. */
function signInOf({ typeWord, scope }: Action, authentication: unknown): { type?: string; isSecret: boolean } {
  if (authentication === undefined || /^(?:openapi|api)connection/.test(typeWord)) return { isSecret: false };
  const { value, isSecret } = scope.resolve(authentication);
  return { type: isGroup(value) ? asText(value.type ?? null) : 'unknown', isSecret };
}

function httpRequest(common: Pick<WantedRequest, 'action' | 'type'>, typeWord: string, group: Group): WantedRequest {
  const subscribe = typeWord === 'httpwebhook' ? group.subscribe : undefined;
  const parts = subscribe !== undefined && isGroup(subscribe) ? subscribe : group;
  const uri = asText(parts.uri ?? null);
  const url = URL.parse(uri) ?? refuse(`The uri '${uri.slice(0, 60)}' of the request is not absolute.`, 'BadRequest');
  const queries = parts.queries !== undefined && isGroup(parts.queries) ? parts.queries : groupOf([]);
  for (const [name, value] of Object.entries(queries)) url.searchParams.append(name, asText(value));
  return {
    ...common,
    method: asText(parts.method ?? 'GET').toUpperCase() || 'GET',
    url: url.href,
    host: url.host,
    path: url.pathname,
    ...shared(parts),
  };
}

function connectorRequest(common: Pick<WantedRequest, 'action' | 'type'>, host: unknown, group: Group): WantedRequest {
  const method = group.method === undefined ? {} : { method: asText(group.method).toUpperCase() };
  const path = group.path ?? group.uri ?? group.pathTemplate;
  const place = typeof path === 'string' ? { path } : {};
  const named = connectorOf(host, group);
  const parameters = group.parameters === undefined ? {} : { parameters: toPlain(group.parameters) };
  return { ...common, ...named, ...method, ...place, ...parameters, ...shared(group) };
}

/** The connector and its operation, as far as the action names them. Source: docs/facts/engine.md#connectors. */
function connectorOf(host: unknown, group: Group): Pick<WantedRequest, 'connector' | 'operation'> {
  const provider = toPlain(group.serviceProviderConfiguration ?? null);
  const fromProvider = wordOf(member(provider, 'serviceProviderId') ?? '');
  const fromApi = wordOf(member(host, 'apiId') ?? member(host, 'api', 'id') ?? '');
  const connection = wordOf(
    member(host, 'connection', 'name') ?? member(host, 'connection', 'referenceName') ?? member(host, 'connectionName') ?? '',
  );
  const ofFunction = toPlain(group.function ?? null);
  const other = wordOf(member(ofFunction, 'id') ?? member(host, 'workflow', 'id') ?? member(host, 'workflowReferenceName') ?? '');
  const connector =
    lastPart(fromProvider) ||
    lastPart(fromApi).replace(/^shared_/, '') ||
    keyOf(connection) ||
    (other && (member(ofFunction, 'id') === undefined ? 'workflow' : 'function'));
  const operation = wordOf(member(provider, 'operationId') ?? member(host, 'operationId') ?? '') || lastPart(other);
  return { ...(connector && { connector }), ...(operation && { operation }) };
}

/** Of `@parameters('$connections')['keyvault-1']['connectionId']`, or of a reference by name: `keyvault`. */
function keyOf(connection: string): string {
  const key = /\[\s*'([^']+)'\s*\]\s*\[\s*'connectionId'\s*\]/.exec(connection)?.[1] ?? connection;
  return lastPart(key)
    .replace(/^shared_/, '')
    .replace(/[-_]\d+$/, '');
}

function lastPart(id: string): string {
  return (
    id
      .split('/')
      .at(-1)
      ?.replace(/[^\w.-].*$/, '') ?? ''
  );
}

function shared(parts: Group): Pick<WantedRequest, 'headers' | 'queries' | 'body'> {
  const headers =
    parts.headers !== undefined && isGroup(parts.headers) ? Object.entries(withoutSecretHeaders(parts.headers)) : [];
  const queries = parts.queries !== undefined && isGroup(parts.queries) ? toPlain(parts.queries) : undefined;
  return {
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map(([name, value]) => [name, asText(value)])) }),
    ...(isObject(queries) && { queries }),
    ...(parts.body !== undefined && { body: toPlain(parts.body) }),
  };
}

/** History shows no authorization in any case. Source: docs/facts/run-history.md#hiding-inputs-and-outputs. */
function withoutAuthorization(group: Group): Group {
  return group.headers !== undefined && isGroup(group.headers)
    ? { ...group, headers: withoutSecretHeaders(group.headers) }
    : group;
}

function withoutSecretHeaders(headers: Group): Group {
  return groupOf(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}

/** As it is written: connections have no values here. */
function plainHost(host: unknown): Value {
  return isObject(host)
    ? groupOf(Object.entries(host).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
    : null;
}

/** What is asked, in words of its definition. */
export function wordsOf({ type, connector, operation, method, host }: WantedRequest): string {
  if (connector !== undefined)
    return `the ${operation === undefined ? '' : `operation ${operation} of the `}connector ${connector}`;
  return `the ${method === undefined ? '' : `${method} `}request of the type ${type}${host === undefined ? '' : ` to ${host}`}`;
}
