import { isGetSecret } from '../definition/get-secret.ts';
import type { ActionEntry } from '../definition/walk.ts';
import { asText } from '../diagnostics/words.ts';
import { expressionsOf } from '../expression/references.ts';
import { member } from '../json/member.ts';
import type { Subject } from './subject.ts';

/** What an action asks a vault for. */
export interface VaultRead {
  readonly collection: 'secrets' | 'certificates' | 'keys';
  /** What follows the name, in lower case: `value`, `metadata`, empty for the object itself. */
  readonly part: string;
  /** The name, where the definition tells it. */
  readonly name: string | undefined;
  /** Where the name stands. */
  readonly pointer: string;
  readonly by: 'connector' | 'http';
}

/** What an action reads from a vault: with a key vault connector, or with HTTP. Source: docs/facts/key-vault.md. */
export function vaultRead(subject: Subject, { node, typeWord, pointer }: ActionEntry): VaultRead | undefined {
  const inputs = member(node, 'inputs');
  if (typeWord === 'apiconnection') {
    const path = asText(member(inputs, 'path'));
    const [, collection, rest = ''] = /^\/(secrets|certificates|keys)(?:\/(.*))?$/is.exec(path) ?? [];
    if (collection === undefined || !(isGetSecret(node) || isVaultConnection(subject, inputs))) return undefined;
    const at = `${pointer}/inputs/path`;
    const [, name = '', part = ''] = /^(@\{.*\}|[^/]*)(?:\/(.*))?$/s.exec(rest) ?? [];
    const known = name.startsWith('@') ? encodedName(subject, at) : name;
    return { ...asked(collection, part, known), pointer: at, by: 'connector' };
  }
  if (typeWord === 'openapiconnection' && /keyvault$/i.test(asText(member(inputs, 'host', 'apiId')))) {
    const operation = asText(member(inputs, 'host', 'operationId'));
    if (!/^(?:Get|List)Secret/i.test(operation)) return undefined;
    const part = /^GetSecret(?:Version)?$/i.test(operation) ? 'value' : 'metadata';
    return { ...asked('secrets', part, givenName(subject, inputs, pointer)), pointer: namePointer(pointer), by: 'connector' };
  }
  if (typeWord === 'serviceprovider') {
    const configuration = member(inputs, 'serviceProviderConfiguration');
    const isVault = /\/keyvault$/i.test(asText(member(configuration, 'serviceProviderId')));
    if (!isVault || !/^getSecret(?:Version)?$/i.test(asText(member(configuration, 'operationId')))) return undefined;
    return { ...asked('secrets', 'value', givenName(subject, inputs, pointer)), pointer: namePointer(pointer), by: 'connector' };
  }
  return typeWord === 'http' ? readByHttp(subject, inputs, `${pointer}/inputs/uri`) : undefined;
}

function readByHttp(subject: Subject, inputs: unknown, at: string): VaultRead | undefined {
  const method = asText(member(inputs, 'method')).toLowerCase();
  const uri = member(inputs, 'uri');
  const text = subject.knownText(uri, at) ?? asText(uri);
  const [, collection, rest = ''] =
    /^https:\/\/[^/]*\.vault\.(?:azure\.net|usgovcloudapi\.net|azure\.cn)\/(secrets|certificates|keys)(?:\/([^?]*))?/i.exec(
      text,
    ) ?? [];
  if (collection === undefined || method !== 'get') return undefined;
  const [name = ''] = rest.split('/');
  // The data plane gives the value with the secret itself.
  return { ...asked(collection, collection.toLowerCase() === 'secrets' && name ? 'value' : '', name), pointer: at, by: 'http' };
}

function asked(collection: string, part: string, name: string | undefined): Pick<VaultRead, 'collection' | 'part' | 'name'> {
  const isTold = name !== undefined && name !== '' && !name.includes('@');
  const word = collection.toLowerCase() as VaultRead['collection'];
  // That of one version is the same as that of the newest.
  return { collection: word, part: part.toLowerCase().replace(/^versions\/[^/]+\/?/, ''), name: isTold ? name : undefined };
}

/** Paths such as `/secrets/…` exist in other connectors too. */
function isVaultConnection(subject: Subject, inputs: unknown): boolean {
  const connection = member(inputs, 'host', 'connection');
  const name = asText(member(connection, 'name') ?? member(connection, 'referenceName'));
  if (/key-?_?vault/i.test(name)) return true;
  const key = /\['([^']+)'\]\s*\??\['connectionId'\]/i.exec(name)?.[1] ?? name;
  const { parameters, connections } = subject.surroundings;
  const value = member(parameters, '$connections', 'value', key) ?? member(connections, 'managedApiConnections', key);
  return /managedApis\/keyvault$/i.test(asText(member(value, 'id') ?? member(value, 'api', 'id')));
}

const namePointer = (pointer: string) => `${pointer}/inputs/parameters/secretName`;

function givenName(subject: Subject, inputs: unknown, pointer: string): string | undefined {
  return subject.knownText(member(inputs, 'parameters', 'secretName'), namePointer(pointer));
}

/** The name in `/secrets/@{encodeURIComponent('name')}/value`, also where a parameter has it. */
function encodedName(subject: Subject, pointer: string): string | undefined {
  const entry = subject.templateAt(pointer);
  let [given] = entry?.template ? expressionsOf(entry.template) : [];
  while (given?.kind === 'call' && /^(?:encodeURIComponent|uriComponent|string|trim)$/i.test(given.name))
    given = given.arguments[0];
  if (given?.kind === 'string') return given.value;
  const reference = entry?.references.find(({ call }) => call === given);
  return reference?.kind === 'parameter' && reference.name !== undefined ? subject.parameterText(reference.name) : undefined;
}
