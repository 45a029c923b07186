import { vaultRoles } from '../../cloud/roles.ts';
import { parseJson } from '../../document/parse-json.ts';
import type { OpenedDefinition } from '../../formats/reading/opened-document.ts';
import { armDeclarations } from '../../infrastructure/arm/parameters.ts';
import { armTemplate } from '../../infrastructure/arm/print.ts';
import { keyVaultConnectionProperties } from '../../infrastructure/key-vault-connection.ts';
import type { Parameter, Resource } from '../../infrastructure/model.ts';
import { apiVersions } from '../../infrastructure/resource-types.ts';
import { idOf, parameter } from '../../infrastructure/value.ts';
import { vaultAccessModule } from '../../infrastructure/vault-access.ts';
import { isObject, type Json, type JsonObject } from '../../json/json.ts';
import { keyNamed, member } from '../../json/member.ts';
import { fromPointer } from '../../json/pointer.ts';
import type { AdoptedDefinition } from '../definition.ts';
import type { Ground } from '../ground.ts';
import type { Aim, CertificateAim, FileEdit } from '../plan.ts';
import { consumptionSecret, declared, valuesBeside } from './definition.ts';

/**
 * A template of Logic Apps (Consumption): one connection to the vault, with what lets each workflow's identity read it. The workflows
 * of a template share the connection.
 */
export class ArmGrounds {
  #template: unknown;
  #hasConnection = false;

  of(opened: OpenedDefinition): Ground {
    const place = this.#placeOf(opened);
    const key = connectionKey(opened);
    return {
      ...('problem' in place && { problem: place.problem }),
      parameterName: (name) => name,
      getSecretType: 'ApiConnection',
      getSecret: (name, host) =>
        consumptionSecret(name, host ?? { connection: { name: `@parameters('$connections')['${key}']['connectionId']` } }),
      around: (_, adopted, aim) =>
        'problem' in place ? { left: place.problem } : this.#around(opened, adopted, aim, place, key),
    };
  }

  #placeOf({ pointer, text }: OpenedDefinition): Place | { readonly problem: string } {
    this.#template ??= parsed(text);
    const [resources, index, ...rest] = fromPointer(pointer);
    const list = member(this.#template, 'resources');
    const resource = Array.isArray(list) && resources === 'resources' ? (list[Number(index)] as unknown) : undefined;
    if (!isObject(resource) || rest.includes('template') || rest.includes('resources'))
      return {
        problem: 'its template is made in a way that certflow does not add to: it stands in another one, or names its resources',
      };
    if (resource.copy !== undefined) return { problem: 'the template makes it several times over' };
    return {
      resource,
      pointer: `/resources/${index}`,
      holder: pointer.slice(0, pointer.lastIndexOf('/')),
      template: this.#template,
    };
  }

  #around(
    opened: OpenedDefinition,
    adopted: AdoptedDefinition,
    aim: Aim,
    place: Place,
    key: string,
  ): readonly FileEdit[] | { readonly left: string } {
    const edits = [...declared(opened, adopted), ...valuesBeside(opened, adopted.idleParameters)];
    if (adopted.needsIdentity) {
      const left = identityProblem(place.resource);
      return left === undefined ? [...edits, ...identityEdits(opened, place)] : { left };
    }
    if (aim.to === 'managed-identity' || !adopted.needsConnection) return edits;
    const problem = problemOf(place, this.#template);
    if (problem !== undefined) return { left: problem };
    const { location, name } = expressionsOf(place.resource);
    const printed = printedFor({ location, name }, place.resource);
    const isFirst = !this.#hasConnection;
    this.#hasConnection = true;
    const file = opened.file;
    const add = (pointer: string, value: unknown): FileEdit => ({ file, edit: { kind: 'add', pointer, value } });
    return [
      ...edits,
      ...(isFirst ? parametersFor(aim, this.#template).map(([at, value]) => add(at, value)) : []),
      ...(isFirst ? [add('/resources/-', printed.connection)] : []),
      ...given(place, key, printed.reference).map(([at, value]) => add(at, value)),
      ...identityEdits(opened, place),
      ...(printed.access ? [add('/resources/-', printed.access)] : []),
      Array.isArray(place.resource.dependsOn)
        ? add(`${place.pointer}/dependsOn/-`, printed.dependency)
        : add(`${place.pointer}/dependsOn`, [printed.dependency]),
    ];
  }
}

interface Place {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly pointer: string;
  /** Where `definition` and `parameters` of the workflow stand. */
  readonly holder: string;
  readonly template: unknown;
}

function parsed(text: string): unknown {
  const read = parseJson(text);
  return 'value' in read ? read.value : undefined;
}

/** The key of the new connection in `$connections`. */
function connectionKey({ parameters }: OpenedDefinition): string {
  const there = member(parameters, '$connections', 'value');
  for (let number = 1; ; number++) {
    const key = number === 1 ? 'keyvault' : `keyvault-${number}`;
    if (keyNamed(there, key) === undefined) return key;
  }
}

/** Why a sign-in that names no identity would not work there; undefined where it does. */
function identityProblem({ identity }: Place['resource']): string | undefined {
  return identity === undefined || /^SystemAssigned\b/i.test(String(member(identity, 'type')))
    ? undefined
    : 'the workflow has an identity of another kind than its own: let the requests sign in as that by hand';
}

function identityEdits({ file }: OpenedDefinition, { resource, pointer }: Place): FileEdit[] {
  if (resource.identity !== undefined) return [];
  return [{ file, edit: { kind: 'add', pointer: `${pointer}/identity`, value: { type: 'SystemAssigned' } } }];
}

function problemOf({ resource, holder, pointer }: Place, template: unknown): string | undefined {
  const { dependsOn, name, location } = resource;
  if (typeof name !== 'string') return 'the workflow of the template has no name';
  if (location !== undefined && typeof location !== 'string') return 'the location of the workflow is no text';
  if (dependsOn !== undefined && !Array.isArray(dependsOn)) return 'what the workflow is deployed after is computed';
  if (identityProblem(resource) !== undefined)
    return 'the workflow has an identity of another kind than its own: connect the vault with that by hand';
  const holding = fromPointer(holder.slice(pointer.length)).reduce<unknown>((here, step) => member(here, step), resource);
  const parameters = member(holding, 'parameters');
  const connections = member(parameters, '$connections');
  if (parameters !== undefined && !isObject(parameters)) return 'the values of its parameters are computed';
  if (connections !== undefined && !isObject(member(connections, 'value')))
    return 'its connections are given from outside the template';
  const taken = parameterNames.find((one) => keyNamed(member(template, 'parameters'), one) !== undefined);
  return taken === undefined ? undefined : `the template has a parameter "${taken}" of its own`;
}

const parameterNames = ['keyVaultName', 'keyVaultResourceGroup', 'keyVaultSubscription', 'keyVaultConnectionName'];

/** The parameters of the template that say where the vault is. */
function parametersFor({ vault }: CertificateAim, template: unknown): [pointer: string, value: unknown][] {
  const own = (name: string, description: string, value: Json): Parameter => ({
    name,
    type: 'string',
    description,
    default: value,
  });
  const declarations = armDeclarations([
    own('keyVaultName', 'Name of the key vault with the certificate', vault),
    own('keyVaultResourceGroup', 'Resource group of the key vault', '[resourceGroup().name]'),
    own('keyVaultSubscription', 'Id of the subscription of the key vault', '[subscription().subscriptionId]'),
    own('keyVaultConnectionName', 'Name of the Key Vault connection', "[format('keyvault-{0}', parameters('keyVaultName'))]"),
  ]);
  return isObject(member(template, 'parameters'))
    ? Object.entries(declarations).map(([name, value]) => [`/parameters/${name}`, value])
    : [['/parameters', declarations]];
}

/** Location and name of a workflow, as they stand inside an expression. */
function expressionsOf({ location, name }: Place['resource']) {
  const inside = (text: unknown, fallback: string) => {
    if (typeof text !== 'string') return fallback;
    const isExpression = text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
    return isExpression ? text.slice(1, -1).trim() : `'${text.replace(/^\[\[/, '[').replaceAll("'", "''")}'`;
  };
  return { location: inside(location, 'resourceGroup().location'), name: inside(name, "''") };
}

const connection: Resource = {
  kind: 'resource',
  symbol: 'connection',
  type: 'Microsoft.Web/connections',
  name: parameter('connectionName'),
  members: { location: parameter('location'), kind: 'V1', properties: keyVaultConnectionProperties },
};

/** The same resources as those of a workflow that certflow makes, printed with what the template calls its own. */
function printedFor({ location, name }: { location: string; name: string }, { apiVersion }: Place['resource']) {
  const { id, name: roleName } = vaultRoles.secretsUser;
  const access = vaultAccessModule(
    { kind: 'role', roleId: id, roleName },
    { name: parameter('logicAppName'), principal: parameter('principal') },
  );
  const { resources, outputs } = armTemplate({
    parameters: [],
    existing: [],
    deployed: [connection, access],
    outputs: { id: idOf(connection) },
  });
  const workflow = `resourceId('Microsoft.Logic/workflows', ${name})`;
  const version =
    typeof apiVersion === 'string' && !apiVersion.startsWith('[') ? apiVersion : apiVersions['Microsoft.Logic/workflows'];
  const names: Readonly<Record<string, string>> = {
    connectionName: "parameters('keyVaultConnectionName')",
    location,
    logicAppName: name,
    principal: `reference(${workflow}, '${version}', 'full').identity.principalId`,
  };
  const [madeConnection, madeAccess] = named(resources as Json, names) as JsonObject[];
  const connectionId = named(member(outputs, 'id', 'value') as Json, names);
  return {
    connection: madeConnection,
    access: { ...madeAccess, dependsOn: [`[${workflow}]`] },
    dependency: connectionId,
    reference: {
      id: member(madeConnection, 'properties', 'api', 'id'),
      connectionId,
      connectionName: "[parameters('keyVaultConnectionName')]",
      connectionProperties: { authentication: { type: 'ManagedServiceIdentity' } },
    },
  };
}

/** JSON in whose expressions parameters are called by what the template has in their place. */
function named(value: Json, names: Readonly<Record<string, string>>): Json {
  if (typeof value === 'string')
    return value.startsWith('[')
      ? value.replaceAll(/parameters\('(\w+)'\)/g, (whole, name: string) =>
          Object.hasOwn(names, name) ? (names[name] ?? whole) : whole,
        )
      : value;
  if (Array.isArray(value)) return value.map((entry) => named(entry, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(inner as Json, names)]));
}

/** The connection among the values that the workflow is given. */
function given({ resource, holder, pointer }: Place, key: string, reference: object): [pointer: string, value: unknown][] {
  const holding = fromPointer(holder.slice(pointer.length)).reduce<unknown>((here, step) => member(here, step), resource);
  const parameters = member(holding, 'parameters');
  if (!isObject(parameters)) return [[`${holder}/parameters`, { $connections: { value: { [key]: reference } } }]];
  if (!isObject(parameters.$connections)) return [[`${holder}/parameters/$connections`, { value: { [key]: reference } }]];
  return [[`${holder}/parameters/$connections/value/${key}`, reference]];
}
