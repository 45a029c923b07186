import type { CloudName } from '../cloud/clouds.ts';
import { tenantProblem } from '../cloud/tenants.ts';
import { suggestion } from '../diagnostics/words.ts';
import type { SpecFile } from '../generated/spec-file.ts';
import { toPointer } from '../json/pointer.ts';
import { resolveAddress } from './addresses.ts';
import { isDeveloperMachine } from './developer-machine.ts';
import type { Findings } from './findings.ts';
import { checkIdentities } from './identities.ts';
import { Layers } from './layers.ts';
import { type Needs, needsOf } from './needs.ts';
import { checkPermissions } from './permissions.ts';
import type { AppRegistration, Environment } from './spec.ts';
import { resolveCertificateFile, resolveVaultAndCertificate } from './vault.ts';

/** Every environment of a spec, whole. `file` may lack what was found wrong before; then the result lacks environments. */
export function resolveEnvironments(file: Partial<SpecFile>, findings: Findings): Environment[] {
  const names = Object.keys(file.environments ?? {});
  for (const name of names) checkOverrides(file, name, findings);
  const environments = (names.length === 0 ? [''] : names).map((name) => resolveEnvironment(file, name, findings));
  checkVersions(environments, file, findings);
  const whole = environments.filter((environment) => environment !== undefined);
  checkIdentities(whole, file, findings);
  return whole;
}

function resolveEnvironment(file: Partial<SpecFile>, name: string, findings: Findings): Environment | undefined {
  const layers = new Layers(file, name);
  const cloud = layers.get('cloud') ?? 'public';
  const isLocal = isDeveloperMachine({ name });
  const needs = needsOf(file);
  const stored = needs.certificate ? resolveStored(layers, file, cloud, findings) : {};
  if (isLocal && needs.certificate) noteUnused(layers, findings);
  noteNotNeeded(layers, needs, findings);
  const requests = file.requests ?? [];
  const addresses = requests
    .map((request, index) => resolveAddress(layers, request, index, cloud, findings))
    .filter((address) => address !== undefined);
  const appRegistration = isLocal ? ownRegistration(layers, file) : (layers.get('appRegistration') ?? {});
  if (needs.registration) checkTenant(layers, appRegistration.tenantId, findings);
  checkPermissions(layers, file, findings);
  if (needs.certificate && !(stored.vault && stored.certificate)) return undefined;
  return {
    name,
    cloud,
    ...stored,
    appRegistration,
    identityPermissions: (needs.identity && layers.get('managedIdentity')?.permissions) || [],
    addresses,
    targets: layers.get('targets') ?? {},
  };
}

/** Where the certificate is: in a vault, or in a file of a developer's machine. */
function resolveStored(layers: Layers, { name = '' }: Partial<SpecFile>, cloud: CloudName, findings: Findings) {
  return isDeveloperMachine({ name: layers.environment })
    ? resolveCertificateFile(layers, cloud, findings, name)
    : resolveVaultAndCertificate(layers, cloud, findings);
}

/** What is written for a way of signing in that no request uses. */
function noteNotNeeded(layers: Layers, { certificate, identity }: Needs, findings: Findings) {
  const written = (keys: readonly ('vault' | 'certificate' | 'appRegistration' | 'managedIdentity')[], why: string) => {
    for (const key of keys) if (layers.get(key) !== undefined) findings.note(layers.pointer(key), `${key} is not used: ${why}`);
  };
  if (!certificate) written(['vault', 'certificate', 'appRegistration'], 'all requests sign in with the managed identity');
  if (!identity) written(['managedIdentity'], 'no request has signIn: managedIdentity');
}

/**
 * The app registration of a developer's machine. Tenant and permissions are those that all share, client id and name never: a developer's
 * key must not get onto the registration of another environment because nothing was said.
 */
function ownRegistration(layers: Layers, { name = '', appRegistration = {} }: Partial<SpecFile>): AppRegistration {
  const { clientId: _, ...shared } = appRegistration;
  const displayName = `${appRegistration.displayName ?? name} (${layers.environment})`;
  return { ...shared, displayName, ...layers.own('appRegistration') };
}

/** What a developer's machine says of vault and targets, which it has none of. */
function noteUnused(layers: Layers, findings: Findings) {
  const why = `${layers.environment} is a developer's machine, whose certificate is a file`;
  if (layers.overrides('vault')) findings.note(layers.pointer('vault'), `${why}: no vault is used there`);
  if (layers.overrides('targets')) findings.note(layers.pointer('targets'), `${why}: nothing is deployed there`);
}

function checkTenant(layers: Layers, tenantId: string | undefined, findings: Findings) {
  const pointer = layers.pointer('appRegistration', 'tenantId');
  if (tenantId === undefined) {
    findings.error(
      'spec-value',
      pointer,
      'the tenant is missing',
      'write appRegistration: { tenantId: … } (Entra admin center, Overview, Tenant ID)',
    );
    return;
  }
  const problem = tenantProblem(tenantId);
  if (problem) findings.error('spec-value', pointer, problem.message, problem.help);
}

/** Overrides of requests that do not exist, and of what has to be the same in all environments. */
function checkOverrides(file: Partial<SpecFile>, environment: string, findings: Findings) {
  const over = file.environments?.[environment];
  const names = (file.requests ?? []).map((request) => request?.name).filter((name) => name !== undefined);
  over?.requests?.forEach((request, index) => {
    if (request?.name === undefined || names.includes(request.name)) return;
    findings.error(
      'spec-value',
      toPointer(['environments', environment, 'requests', index, 'name']),
      `there is no request "${request.name}"`,
      suggestion(request.name, names, 'requests'),
    );
  });
  for (const [host, target] of Object.entries(over?.targets ?? {})) {
    for (const key of Object.keys(target ?? {}).filter((key) => isSameEverywhere(host, key))) {
      findings.error(
        'spec-value',
        toPointer(['environments', environment, 'targets', host, key]),
        `${key} cannot differ by environment: the definition is the same in all of them`,
        `move it to targets.${host}.${key}`,
        'key',
      );
    }
  }
}

/** What of any target the definition depends on; and of Standard, where the connection's name stands in the project. */
const sameEverywhere = ['actions', 'solution', 'publisher', 'callers'];
const sameInStandard = ['workflowName', 'keyVaultConnector', 'connectionName'];

function isSameEverywhere(host: string, key: string): boolean {
  return sameEverywhere.includes(key) || (host === 'standard' && sameInStandard.includes(key));
}

/** The path of Get secret is another one with a version, so a version is pinned everywhere or nowhere. */
function checkVersions(all: readonly (Environment | undefined)[], file: Partial<SpecFile>, findings: Findings) {
  const environments = all.filter((environment) => environment && !isDeveloperMachine(environment));
  const isPinned = (environment: Environment | undefined) => environment?.certificate?.version !== undefined;
  const pinned = environments.find(isPinned);
  const open = environments.find((environment) => environment && !isPinned(environment));
  if (!pinned || !open) return;
  const message = `the certificate's version is pinned in ${pinned.name} but not in ${open.name}, and the definition is the same in all environments`;
  findings.error(
    'spec-value',
    new Layers(file, pinned.name).pointer('certificate'),
    message,
    'pin a version in every environment or in none; without one the newest is read',
  );
}
