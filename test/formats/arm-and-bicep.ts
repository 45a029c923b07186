import { generate, type Spec } from '../../src/index.ts';
import { type SourceFile, snapshot } from '../bicep.ts';
import type { JsonRpc } from '../json-rpc.ts';
import { baseSpec } from '../specs.ts';

export const consumption = baseSpec.targets.consumption;
export const identity =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows';

const madeIdentity = identity.replace('rg-id', consumption.resourceGroup);
const byIdentity = { name: 'Get users', url: 'https://graph.microsoft.com/v1.0/users', signIn: 'managedIdentity' };
const identityAlone = { appRegistration: undefined, vault: undefined, certificate: undefined };

/** Every variant that the templates have. */
export const variants: readonly [string, object][] = [
  ['as little as can be said', {}],
  [
    'a user-assigned identity, the other role, tags, a schedule',
    {
      targets: {
        consumption: {
          ...consumption,
          managedIdentity: identity,
          role: 'certificateUser',
          tags: { 'cost center': "it's 5", owner: '[me]', true: 'yes', null: 'none' },
        },
      },
      trigger: { recurrence: { frequency: 'Day', interval: 1 } },
    },
  ],
  [
    'no right to assign roles, callers of an HTTP trigger',
    {
      targets: { consumption: { ...consumption, assignVaultRole: false } },
      trigger: { request: { callers: { ipRanges: ['203.0.113.0/24', '198.51.100.7'] } } },
    },
  ],
  [
    'a vault with access policies elsewhere, no callers but other Logic Apps',
    {
      vault: {
        name: 'kv-old',
        resourceGroup: 'rg-shared',
        subscription: '44444444-4444-4444-4444-444444444444',
        access: 'policy',
      },
      trigger: { request: { callers: { ipRanges: [] } } },
    },
  ],
  [
    'requests whose names sound like secrets, so that parameters do',
    {
      requests: [
        { name: 'Read secret', url: 'https://api.example.com/a', audience: 'api://a' },
        { name: 'Reset password', url: 'https://api.example.com/b', audience: 'api://b' },
      ],
    },
  ],
  [
    'access policies and a user-assigned identity',
    { vault: { name: 'kv-old', access: 'policy' }, targets: { consumption: { ...consumption, managedIdentity: identity } } },
  ],
  [
    'a managed identity that is made, and nothing else that signs in',
    {
      ...identityAlone,
      requests: [byIdentity],
      targets: { consumption: { ...consumption, managedIdentity: madeIdentity, existingIdentity: false } },
    },
  ],
  ['the identity of the Logic App itself', { ...identityAlone, requests: [byIdentity] }],
  [
    'a certificate, and an identity that is made',
    {
      requests: [...baseSpec.requests, byIdentity],
      targets: { consumption: { ...consumption, managedIdentity: madeIdentity, existingIdentity: false } },
    },
  ],
  ['callers of a trigger by hand', { trigger: { manual: { callers: { ipRanges: ['203.0.113.0/24'] } } } }],
];

export const files = (spec: Spec, format: 'arm' | 'bicep'): SourceFile[] => generate(spec, { format });

export function contents(all: readonly SourceFile[], path: string): string {
  return String(all.find((file) => file.path === path)?.contents);
}

/** The ARM template as Bicep's tools take it: with a parameter file of theirs. */
export function armSnapshot(tool: JsonRpc, spec: Spec) {
  const parameterFile = contents(files(spec, 'bicep'), 'main.bicepparam').replace(
    "using 'main.bicep'",
    "using 'azuredeploy.json'",
  );
  return snapshot(tool, [...files(spec, 'arm'), { path: 'arm.bicepparam', contents: parameterFile }], 'arm.bicepparam');
}
