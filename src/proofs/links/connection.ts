import { flatten } from '../../azure/answer.ts';
import type { Resource } from '../../azure/resources.ts';
import { quote } from '../../diagnostics/words.ts';
import { isObject, textOf } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { troubleIn } from '../../troubles/find.ts';
import { type Cure, type Finding, type Link, ok, unknown, wrong } from '../proof.ts';

/** How a connection should be. */
export interface WantedConnection {
  readonly name: string;
  /** V1 for Consumption, V2 for Standard. */
  readonly kind: 'V1' | 'V2';
  readonly vault: string;
  /** Resource id of the user-assigned identity with which the workflow uses it; absent for its own. */
  readonly identity?: string;
}

export interface ConnectionLinkOptions {
  readonly needs?: Link['needs'];
  readonly wanted: WantedConnection;
  readonly connection: () => Promise<Resource | undefined>;
  /** What the workflow is told of the connection: `connectionProperties.authentication`, or `authentication` in connections.json. */
  readonly authentication: () => Promise<unknown>;
  readonly cure: Cure;
}

/** The connection to the vault: there, of the right kind, to the right vault, and used with the workflow's own identity. */
export function connectionLink({ needs, wanted, connection, authentication, cure }: ConnectionLinkOptions): Link {
  const { name } = wanted;
  return {
    link: 'connection',
    known: `Resource Manager shows the connection ${name}, and what the workflow is told of it`,
    ...(needs && { needs }),
    after: ['vault'],
    look: async (): Promise<Finding> => {
      const found = await connection();
      if (!found) return wrong(`${name} is not there`, cure.cure, cure.command);
      const [mistake] = connectionMistakes(found, wanted);
      if (mistake) return wrong(`${name} ${mistake.found}`, mistake.cure ?? cure.cure, cure.command);
      const used = usedBadly(await authentication(), wanted);
      if (used !== undefined) return wrong(used, cure.cure, cure.command);
      const status = statusOf(found);
      return status === undefined
        ? unknown(`${name} says nothing of its state`)
        : ok(`${name} is ${status.toLowerCase()}, for ${wanted.vault}`);
    },
  };
}

/** What is not as it should be of a connection, by what Azure shows of it. Shapes: docs/facts/key-vault.md#what-a-connection-shows. */
export function connectionMistakes(
  { kind, properties }: Pick<Resource, 'kind' | 'properties'>,
  wanted: WantedConnection,
): {
  readonly found: string;
  readonly cure?: string;
  readonly property: string;
  readonly before: unknown;
  readonly after: unknown;
}[] {
  const mistakes = [];
  const api = member(properties, 'api', 'id');
  if (typeof api === 'string' && !/\/managedApis\/keyvault$/i.test(api))
    mistakes.push({
      found: `is one of ${quote(api.split('/').at(-1))}`,
      property: 'properties.api.id',
      before: api,
      after: 'keyvault',
    });
  if (kind !== undefined && kind.toUpperCase() !== wanted.kind)
    mistakes.push({
      found: `is of kind ${kind}, and ${wanted.kind} is needed`,
      property: 'kind',
      before: kind,
      after: wanted.kind,
    });
  const person = personOf(properties);
  if (person !== undefined)
    mistakes.push({
      found: `signs in as ${person}`,
      property: 'sign-in',
      before: person,
      after: 'the identity of whoever uses it',
    });
  const vault = vaultOfConnection({ properties });
  if (vault !== undefined && vault.toLowerCase() !== wanted.vault.toLowerCase())
    mistakes.push({
      found: `is for the vault ${quote(vault)}, and the spec says ${wanted.vault}`,
      property: 'properties.nonSecretParameterValues.vaultName',
      before: vault,
      after: wanted.vault,
    });
  const bad = statusesOf(properties).find(({ status }) => !/^(Ready|Connected)$/i.test(textOf(status)));
  if (bad && mistakes.length === 0) {
    const [cause] = flatten(bad.error);
    const text = [cause?.code, cause?.message].filter(Boolean).join(': ');
    const known = troubleIn(text)?.cure;
    mistakes.push({
      found: `is not ready${text === '' ? '' : ` (${text})`}`,
      ...(known === undefined ? {} : { cure: known }),
      property: 'properties.overallStatus',
      before: textOf(bad.status),
      after: 'Ready',
    });
  }
  return mistakes;
}

/** Who signs in to a connection, where it is somebody: a person, or an application with its secret. */
function personOf(properties: Resource['properties']): string | undefined {
  const name = member(properties, 'authenticatedUser', 'name');
  if (typeof name === 'string' && name !== '') return quote(name);
  const set = member(properties, 'parameterValueSet', 'name');
  return typeof set === 'string' && set !== '' && !/MI$/i.test(set) ? `what ${quote(set)} says` : undefined;
}

/** The vault that a connection is for, where it says that. */
export function vaultOfConnection({ properties }: Pick<Resource, 'properties'>): string | undefined {
  const places = [
    ['nonSecretParameterValues', 'vaultName'],
    ['parameterValueSet', 'values', 'vaultName', 'value'],
    ['alternativeParameterValues', 'vaultName'],
    ['parameterValues', 'vaultName'],
  ];
  return places.map((path) => member(properties, ...path)).find((value): value is string => typeof value === 'string');
}

function statusesOf({ statuses, overallStatus }: Resource['properties']): Readonly<Record<string, unknown>>[] {
  const all = Array.isArray(statuses) ? statuses.filter(isObject) : [];
  return all.length > 0 || overallStatus === undefined ? all : [{ status: overallStatus }];
}

function statusOf({ properties }: Resource): string | undefined {
  const status = properties.overallStatus ?? statusesOf(properties)[0]?.status;
  return status === undefined ? undefined : textOf(status);
}

/** How the workflow uses the connection, where that is not with the identity that it should. */
function usedBadly(authentication: unknown, { name, identity }: WantedConnection): string | undefined {
  if (!/^ManagedServiceIdentity$/i.test(textOf(member(authentication, 'type'))))
    return `the workflow does not use ${name} with its managed identity`;
  const used = member(authentication, 'identity');
  const same = textOf(used).toLowerCase() === (identity ?? '').toLowerCase();
  return same
    ? undefined
    : `the workflow uses ${name} with ${used === undefined ? 'its own identity' : `the identity ${quote(used)}`}, and not with ${identity ?? 'its own'}`;
}
