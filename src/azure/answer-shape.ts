import { isObject } from '../json/json.ts';
import { BrokenOff } from './broken-off.ts';

type Shape = 'text' | 'texts' | 'group' | 'list' | 'time' | 'number of seconds';

/**
 * What members of an answer, and of the entries of a list, are in every service that is asked here (docs/facts/resource-manager.md#requests-and-answers;
 * Microsoft's OpenAPI descriptions; Graph's types). What a user writes stands deeper: definitions, parameters, tags.
 */
const shapes: Readonly<Record<string, Shape>> = {
  id: 'text',
  name: 'text',
  type: 'text',
  kind: 'text',
  location: 'text',
  displayName: 'text',
  appId: 'text',
  appRoleId: 'text',
  resourceId: 'text',
  uniqueName: 'text',
  deletedDateTime: 'time',
  cer: 'text',
  // Of a permission.
  actions: 'texts',
  notActions: 'texts',
  dataActions: 'texts',
  notDataActions: 'texts',
  x5t: 'text',
  principalId: 'text',
  identity: 'group',
  properties: 'group',
  attributes: 'group',
  policy: 'group',
  keyCredentials: 'list',
  requiredResourceAccess: 'list',
  appRoles: 'list',
  access_token: 'text',
  nextLink: 'text',
  '@odata.nextLink': 'text',
};

/** Members of `properties`, of an identity, of the attributes and policy of a certificate, of a key of a registration. */
const inner: Readonly<Record<string, Shape>> = {
  ...shapes,
  state: 'text',
  provisioningState: 'text',
  startTime: 'text',
  endTime: 'text',
  roleDefinitionId: 'text',
  scope: 'text',
  tenantId: 'text',
  vaultUri: 'text',
  keyId: 'text',
  key: 'text',
  customKeyIdentifier: 'text',
  created: 'number of seconds',
  exp: 'number of seconds',
  nbf: 'number of seconds',
  startDateTime: 'time',
  endDateTime: 'time',
  trigger: 'group',
  userAssignedIdentities: 'group',
  key_props: 'group',
  secret_props: 'group',
  changes: 'list',
  lifetime_actions: 'list',
  trigger_info: 'group',
  accessPolicies: 'list',
  hostNameSslStates: 'list',
  resourceAccess: 'list',
  allowedMemberTypes: 'list',
};

const neverNull: ReadonlySet<string> = new Set(['id', 'cer', 'x5t', 'appId']);

/** Throws a BrokenOff where a member of an answer is of another kind than its service ever gives. Null stands for nothing, but in what names a thing. */
export function checkShape(answer: unknown) {
  if (!isObject(answer)) return;
  for (const one of [answer, ...(Array.isArray(answer.value) ? answer.value : [])]) {
    if (!isObject(one)) throw wrong('value', 'list of groups');
    check(one, shapes);
    // The settings of an app have names that somebody gave them.
    const hasSettings = typeof one.type === 'string' && /\/config$/i.test(one.type);
    for (const key of ['properties', 'identity', 'attributes', 'policy']) if (!hasSettings) check(one[key], inner);
    for (const key of ['keyCredentials', 'requiredResourceAccess', 'appRoles'])
      for (const entry of Array.isArray(one[key]) ? one[key] : []) {
        if (!isObject(entry)) throw wrong(key, 'list of groups');
        check(entry, inner);
      }
  }
}

function check(value: unknown, expected: Readonly<Record<string, Shape>>) {
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const shape = Object.hasOwn(expected, key) ? expected[key] : undefined;
    if (shape === undefined || (member === null && !neverNull.has(key))) continue;
    if (!is[shape](member)) throw wrong(key, shape);
  }
}

const is: Readonly<Record<Shape, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  texts: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  time: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  // Since 1970, and before the year 10000.
  'number of seconds': (value) => typeof value === 'number' && value >= 0 && value < 253_402_300_800,
  group: isObject,
  list: Array.isArray,
};

function wrong(key: string, shape: string): BrokenOff {
  return new BrokenOff(
    `was answered with something that is not what this service says: "${key}" is no ${shape}.`,
    'Look whether something between this machine and Azure changes answers, such as a proxy.',
  );
}
