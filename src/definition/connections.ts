import { asText } from '../diagnostics/words.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import type { OperationEntry } from './walk.ts';

/** How an operation names the connection that it uses. */
export interface ConnectionUse {
  readonly name: string;
  /** Pointer of the name. */
  readonly pointer: string;
  /** The group of a Standard app's connections.json that has it. */
  readonly group: string;
}

/**
 * Where a Standard workflow names connections, and the group of connections.json that has them. Source:
 * docs/facts/key-vault.md#standard.
 */
const standardPlaces: readonly (readonly [path: readonly string[], group: string])[] = [
  [['host', 'connection', 'referenceName'], 'managedApiConnections'],
  [['serviceProviderConfiguration', 'connectionName'], 'serviceProviderConnections'],
  [['function', 'connectionName'], 'functionConnections'],
  [['apiManagement', 'connection'], 'apiManagementConnections'],
];

/** The groups of connections.json. Source: docs/facts/standard-project.md#connections. */
export const connectionSections = [
  'managedApiConnections',
  'serviceProviderConnections',
  'functionConnections',
  'apiManagementConnections',
  'agentConnections',
  'agentMcpConnections',
] as const;

/** The connections of connections.json that a trigger or action of a Standard workflow uses. */
export function standardConnections({ node, typeWord, pointer }: OperationEntry): ConnectionUse[] {
  const places = typeWord === 'mcpclienttool' ? [mcpPlace(node.kind)] : standardPlaces;
  return places.flatMap(([path, group]) => {
    const name = member(node.inputs, ...path);
    return typeof name === 'string' ? [{ name, group, pointer: `${pointer}/inputs/${path.join('/')}` }] : [];
  });
}

/** A managed MCP server is reached through an API connection. Source: docs/facts/sign-in.md#mcp-tools. */
function mcpPlace(kind: unknown): (typeof standardPlaces)[number] {
  const isManaged = asText(kind).toLowerCase() === 'managed';
  return [['connectionReference', 'connectionName'], isManaged ? 'managedApiConnections' : 'agentMcpConnections'];
}

/** The key in a flow's connection references that a connector operation names. */
export function flowConnection({ node, pointer }: OperationEntry): { name: string; pointer: string } | undefined {
  const name = member(node.inputs, 'host', 'connectionName');
  return typeof name === 'string' ? { name, pointer: `${pointer}/inputs/host/connectionName` } : undefined;
}

/** The names in one group of connections.json. */
export function connectionsIn(connections: unknown, group: string): string[] {
  const found = member(connections, group);
  return isObject(found) ? Object.keys(found) : [];
}

/** Members of connections that hold a secret whatever their value, in lower case. Source: docs/facts/standard-project.md#secrets. */
const ofConnections: ReadonlySet<string> = new Set([
  'accesskey',
  'accountkey',
  'apikey',
  'clientsecret',
  'password',
  'pfx',
  'sastoken',
  'secret',
  'sharedaccesskey',
  'sharedaccesssignature',
  'sshprivatekey',
  'sshprivatekeypassphrase',
  'subscriptionkey',
]);

/** Whether a member of a connection holds a secret, whatever its value; `token:clientSecret` is one too. */
export function isConnectionSecret(name: string): boolean {
  return ofConnections.has(name.slice(name.lastIndexOf(':') + 1).toLowerCase());
}
