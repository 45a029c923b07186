import { type Needs, needCertificate, needsOf } from '../../spec/needs.ts';
import { clientIdLacking, lacking } from '../../spec/required.ts';
import type { Environment, Spec, Vault } from '../../spec/spec.ts';
import type { SpecError } from '../../spec/spec-error.ts';
import { type AppSettings, appSettingsModule } from '../app-settings.ts';
import { existingFor, identityOf, identityOutputs, identityParameters, madeFor } from '../identity.ts';
import type { InfrastructureInput } from '../input.ts';
import type { Identity, Infrastructure, Module, Parameter, Resource } from '../model.ts';
import { tagsParameter, textParameter, vaultParameters } from '../parameters.ts';
import { principalOf } from '../references.ts';
import { type VaultAccess, vaultAccess } from '../target.ts';
import { idOf, parameter } from '../value.ts';
import { vaultAccessModule } from '../vault-access.ts';
import { type AppServicePlace, appServicePlace } from './place.ts';
import { appSettings, certificateReference } from './settings.ts';

/** A web app that signs in as the requests do: its settings and its access to the vault, and plan and app themselves where they are new. */
export interface AppServiceInfrastructure extends Infrastructure {
  readonly target: AppServicePlace;
  readonly site: Resource;
  readonly deployedSettings: AppSettings;
  /** The vault that App Service reads for the app. */
  readonly vault?: Vault;
  /** Lets the identity read the vault; absent where that is left to others. */
  readonly vaultAccess?: { readonly how: VaultAccess; readonly module: Module };
}

/** Throws a SpecError where the spec lacks what a web app needs. */
export function appServiceInfrastructure(input: InfrastructureInput): AppServiceInfrastructure {
  const { environment } = input;
  const target = appServicePlace(input);
  const needs = needsOf(input.spec);
  // Only the certificate of an app registration is handed to a web app.
  const access = needs.registration ? vaultAccess(environment, environment.targets.appService ?? {}) : undefined;
  const parameters = parametersOf(input, needs, target, access);
  const identity = identityOf(target, { location: parameter('location'), tags: parameter('tags') });
  const site = target.newSite ? newSite(identity) : existingSite(identity);
  const principal = principalOf(site);
  const module = access && vaultAccessModule(access, { name: parameter('siteName'), principal });
  const deployedSettings = appSettings(needs, environment, target);
  const settings = appSettingsModule(site, deployedSettings, module && { first: module, because });
  return {
    target,
    site,
    deployedSettings,
    ...(needs.registration && environment.vault && { vault: environment.vault }),
    ...(access && module && { vaultAccess: { how: access, module } }),
    parameters,
    existing: [...existingFor(identity), ...(target.newSite ? [] : [site]), settings.current],
    deployed: [...madeFor(identity), ...(target.newSite ? [plan, site] : []), ...(module ? [module] : []), settings.module],
    outputs: { siteId: idOf(site), principalId: principal, ...(needs.identity && identityOutputs(identity)) },
  };
}

const because = 'So that the reference to the vault resolves as soon as the app reads it.';

function parametersOf(
  { spec, environment }: InfrastructureInput,
  needs: Needs,
  target: AppServicePlace,
  access: VaultAccess | undefined,
): Parameter[] {
  if (!signsInToEntra(needs)) throw nobodySignsIn({ spec, environment });
  const { newSite } = target;
  return [
    textParameter('siteName', 'Name of the web app', target.site),
    ...(newSite
      ? [
          textParameter('location', 'Region of the web app and its plan', newSite.location),
          textParameter('planName', 'Name of the App Service plan', newSite.plan),
          textParameter('planSku', 'Size of the plan: Basic or higher', newSite.sku),
        ]
      : []),
    // The reference in certificateReference names the vault itself.
    ...(access ? vaultParameters(environment, target, access) : []),
    ...identityParameters(environment, target),
    ...(needs.registration ? registrationParameters(spec, environment) : []),
    ...(newSite ? [tagsParameter('Tags of the web app and its plan', environment.targets.appService?.tags)] : []),
  ];
}

function registrationParameters(spec: Spec, environment: Environment): Parameter[] {
  const { tenantId = '', clientId } = environment.appRegistration;
  if (clientId === undefined) throw clientIdLacking(spec, environment);
  const reference = certificateReference(needCertificate(spec, environment, 'nothing for a setting to refer to'));
  return [
    textParameter('tenantId', 'Tenant of the app registration', tenantId),
    textParameter('clientId', 'Application (client) id of the app registration', clientId),
    textParameter('certificateReference', 'What App Service replaces by the certificate', reference),
  ];
}

/** Whether there is anything for a web app to sign in with. */
export function signsInToEntra({ registration, identity }: Needs): boolean {
  return registration || identity;
}

/** The error about a spec in which nothing signs in to Entra ID. */
export function nobodySignsIn({ spec, environment }: Pick<InfrastructureInput, 'spec' | 'environment'>): SpecError {
  return lacking(spec, environment, [
    {
      path: ['requests'],
      message: 'no request signs in to Entra ID, so there is nothing for a web app to sign in with',
      help: 'app-service is for requests with signIn: entra or managedIdentity',
    },
  ]);
}

const common = { location: parameter('location'), tags: parameter('tags'), kind: 'app' };

const plan: Resource = {
  kind: 'resource',
  symbol: 'plan',
  type: 'Microsoft.Web/serverfarms',
  name: parameter('planName'),
  members: { ...common, sku: { name: parameter('planSku') }, properties: {} },
};

function newSite(identity: Identity): Resource {
  const isUserAssigned = identity.kind === 'userAssigned';
  return {
    kind: 'resource',
    symbol: 'site',
    type: 'Microsoft.Web/sites',
    name: parameter('siteName'),
    members: {
      ...common,
      properties: {
        serverFarmId: idOf(plan),
        httpsOnly: true,
        ...(isUserAssigned && { keyVaultReferenceIdentity: parameter('userAssignedIdentity') }),
        siteConfig: { ftpsState: 'Disabled', minTlsVersion: '1.2' },
      },
    },
    identity,
  };
}

function existingSite(identity: Identity): Resource {
  return { kind: 'resource', symbol: 'site', type: 'Microsoft.Web/sites', name: parameter('siteName'), identity };
}
