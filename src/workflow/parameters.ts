import { clouds } from '../cloud/clouds.ts';
import type { Host } from '../definition/definition.ts';
import { needsOf } from '../spec/needs.ts';
import type { Environment, Spec, Targets } from '../spec/spec.ts';
import type { Parameter } from './workflow.ts';

/** The parameters of a spec's definition, and which of them each request takes. */
export interface Parameters {
  readonly all: readonly Parameter[];
  /** By index of the request: names of its parameters. */
  readonly audiences: readonly (string | undefined)[];
  readonly urls: readonly (string | undefined)[];
  readonly authority?: string;
  /** Where requests sign in with a user-assigned identity. */
  readonly identity?: string;
  readonly certificateVersion?: string;
}

/**
 * Tenant, client, audience, certificate name and user-assigned identity are always parameters; an address or the authority is one as
 * soon as an environment overrides it. So the definition is the same in every environment, and only values differ.
 */
export function specParameters(spec: Spec, host: Host): Parameters {
  const environments = [...spec.environments.values()];
  const parameter = (name: string, meaning: string, value: (environment: Environment) => string | undefined): Parameter => {
    const values = environments.map((environment) => [environment.name, value(environment)] as const);
    return { name, meaning, values: new Map(values.filter((entry): entry is [string, string] => entry[1] !== undefined)) };
  };

  const needs = needsOf(spec);
  const signsInToEntra = needs.registration;
  const isPinned = environments.some(({ certificate }) => certificate?.version !== undefined);
  const audiences = audienceParameters(spec, parameter);
  const urls = urlParameters(spec, parameter);
  const authority = signsInToEntra && spec.overrides.cloud;
  const identityIn = ({ targets }: Environment) => userAssigned(targets, host);
  const identity = needs.identity && environments.some((environment) => identityIn(environment) !== undefined);
  return {
    all: [
      ...(signsInToEntra
        ? [
            parameter('tenantId', 'Tenant of the app registration', ({ appRegistration }) => appRegistration.tenantId),
            parameter(
              'clientId',
              'Application (client) id of the app registration',
              ({ appRegistration }) => appRegistration.clientId,
            ),
          ]
        : []),
      ...(authority ? [parameter('authority', 'Sign-in host of the cloud', ({ cloud }) => clouds[cloud].authority)] : []),
      ...new Set(audiences.filter((audience) => audience !== undefined)),
      ...urls.filter((url) => url !== undefined),
      ...(needs.certificate
        ? [parameter('certificateName', 'Name of the certificate in the vault', ({ certificate }) => certificate?.name)]
        : []),
      ...(isPinned
        ? [parameter('certificateVersion', 'Version of the certificate', ({ certificate }) => certificate?.version)]
        : []),
      ...(identity
        ? [{ ...parameter(identityParameter, 'Resource id of the managed identity', identityIn), ...targetSaying(host) }]
        : []),
    ],
    audiences: audiences.map((audience) => audience?.name),
    urls: urls.map((url) => url?.name),
    ...(authority ? { authority: 'authority' } : {}),
    ...(identity ? { identity: identityParameter } : {}),
    ...(isPinned ? { certificateVersion: 'certificateVersion' } : {}),
  };
}

/** The name of the parameter with a user-assigned identity, in the definition and in what deploys it. */
export const identityParameter = 'userAssignedIdentity';

/** Which part of `targets` is about a host. */
export const targetOfHost = { consumption: 'consumption', standard: 'standard', 'power-automate': 'powerAutomate' } as const;

function targetSaying(host: Host): Pick<Parameter, 'target'> {
  return host === 'power-automate' ? {} : { target: targetOfHost[host] };
}

function userAssigned(targets: Targets, host: Host): string | undefined {
  if (host === 'power-automate') return undefined;
  const { managedIdentity = 'systemAssigned' } = targets[targetOfHost[host]] ?? {};
  return managedIdentity === 'systemAssigned' ? undefined : managedIdentity;
}

type MakeParameter = (name: string, meaning: string, value: (environment: Environment) => string | undefined) => Parameter;

/** Requests whose audiences are equal in every environment share a parameter. */
function audienceParameters(spec: Spec, parameter: MakeParameter): (Parameter | undefined)[] {
  const keys = spec.requests.map((request, index) =>
    request.signIn !== 'clientCertificate'
      ? JSON.stringify([...spec.environments.values()].map(({ addresses }) => addresses[index]?.audience))
      : undefined,
  );
  const distinct = new Set(keys.filter((key) => key !== undefined));
  const names = namesAfterRequests(spec);
  const made = new Map<string, Parameter>();
  return keys.map((key, index) => {
    if (key === undefined) return undefined;
    const name = distinct.size === 1 ? 'audience' : `${names[index]}Audience`;
    const meaning =
      distinct.size === 1 ? 'Identifier of the API' : `Identifier of the API that "${spec.requests[index]?.name}" calls`;
    const audience = made.get(key) ?? parameter(name, meaning, ({ addresses }) => addresses[index]?.audience);
    made.set(key, audience);
    return audience;
  });
}

function urlParameters(spec: Spec, parameter: MakeParameter): (Parameter | undefined)[] {
  const names = namesAfterRequests(spec);
  return spec.requests.map((request, index) => {
    if (!spec.overrides.urls.has(request.name)) return undefined;
    const name = spec.requests.length === 1 ? 'url' : `${names[index]}Url`;
    return parameter(name, `Address that "${request.name}" calls`, ({ addresses }) => {
      const url = addresses[index]?.url;
      return typeof url === 'string' ? url : undefined;
    });
  });
}

/** `Get lists` is `getLists`. Parameter names hold letters, digits and `_` so that Bicep takes them too; a number keeps them apart. */
function namesAfterRequests(spec: Spec): string[] {
  const taken = new Set<string>();
  return spec.requests.map(({ name }, index) => {
    const words = name
      .normalize('NFD')
      .replaceAll(/\p{Mn}/gu, '')
      .split(/[^A-Za-z0-9]+/)
      .filter((word) => word !== '');
    const camel = words
      .map((word, position) => (position === 0 ? (word[0] ?? '').toLowerCase() : (word[0] ?? '').toUpperCase()) + word.slice(1))
      .join('');
    const base = /^[A-Za-z]/.test(camel) ? camel : `request${index + 1}${camel}`;
    const unique = taken.has(base.toLowerCase()) ? `${base}${index + 1}` : base;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
