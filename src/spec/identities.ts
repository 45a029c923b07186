import type { SpecFile } from '../generated/spec-file.ts';
import { isDeveloperMachine } from './developer-machine.ts';
import type { Findings } from './findings.ts';
import { Layers } from './layers.ts';
import { needsOf } from './needs.ts';
import type { Environment } from './spec.ts';

/** The targets whose resources have a managed identity. */
export const targetsWithIdentity = ['consumption', 'standard', 'appService'] as const;

/** What environments say of the managed identities of their targets, and cannot be so. */
export function checkIdentities(environments: readonly Environment[], file: Partial<SpecFile>, findings: Findings) {
  const inAzure = environments.filter((environment) => !isDeveloperMachine(environment));
  for (const host of targetsWithIdentity) {
    for (const environment of inAzure) checkMade(environment, host, file, findings);
    if (needsOf(file).identity) checkSameKind(inAzure, host, file, findings);
  }
}

type Host = (typeof targetsWithIdentity)[number];

/** One that is made lies where the template is deployed. */
function checkMade({ name, targets }: Environment, host: Host, file: Partial<SpecFile>, findings: Findings) {
  const { existingIdentity, managedIdentity = 'systemAssigned', subscription, resourceGroup } = targets[host] ?? {};
  if (existingIdentity !== false) return;
  const layers = new Layers(file, name);
  if (managedIdentity === 'systemAssigned') {
    findings.error(
      'spec-value',
      layers.pointer('targets', host, 'existingIdentity'),
      'existingIdentity: false makes a user-assigned identity, and none is named',
      'name it: managedIdentity: /subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/…; or leave existingIdentity out',
    );
    return;
  }
  const [, , inSubscription = '', , inGroup = ''] = managedIdentity.toLowerCase().split('/');
  const isElsewhere = (wanted: string | undefined, found: string) => wanted !== undefined && wanted.toLowerCase() !== found;
  if (!isElsewhere(subscription, inSubscription) && !isElsewhere(resourceGroup, inGroup)) return;
  findings.error(
    'spec-value',
    layers.pointer('targets', host, 'managedIdentity'),
    `an identity that is made lies in the resource group of its target, ${resourceGroup}, and this one is in ${inGroup}`,
    'write the subscription and resource group of the target into the id; or leave existingIdentity out, and have it made there',
  );
}

/** A request names a user-assigned identity, and a system-assigned one it does not: the definition is the same in all environments. */
function checkSameKind(environments: readonly Environment[], host: Host, file: Partial<SpecFile>, findings: Findings) {
  const withTarget = environments.filter(({ targets }) => targets[host] !== undefined);
  const isOwn = ({ targets }: Environment) => (targets[host]?.managedIdentity ?? 'systemAssigned') === 'systemAssigned';
  const own = withTarget.find(isOwn);
  const user = withTarget.find((environment) => !isOwn(environment));
  // A web app takes the name of its identity from a setting.
  if (!own || !user || host === 'appService') return;
  findings.error(
    'spec-value',
    new Layers(file, user.name).pointer('targets', host, 'managedIdentity'),
    `requests sign in with a user-assigned identity in ${user.name} and with the system-assigned one in ${own.name}, and the definition is the same in all environments`,
    'use one kind in every environment',
  );
}
