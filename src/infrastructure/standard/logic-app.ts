import { cloudProfile } from '../../cloud/profile.ts';
import { needsOf } from '../../spec/needs.ts';
import type { Vault } from '../../spec/spec.ts';
import type { StandardNames } from '../../workflow/dialects/standard.ts';
import { type AppSettings, appSettingsModule } from '../app-settings.ts';
import { existingFor, identityOf, identityOutputs, madeFor } from '../identity.ts';
import type { InfrastructureInput } from '../input.ts';
import { keyVaultConnectionProperties } from '../key-vault-connection.ts';
import type { Identity, Infrastructure, Module, Resource } from '../model.ts';
import { principalOf } from '../references.ts';
import { type VaultAccess, vaultAccess } from '../target.ts';
import { idOf, parameter, surroundings, type Value } from '../value.ts';
import { vaultAccessModule } from '../vault-access.ts';
import { standardNames, workflowName } from './names.ts';
import { newSite } from './new-site.ts';
import { standardParameters } from './parameters.ts';
import { type StandardPlace, standardPlace } from './place.ts';
import { type PlaceSetting, placeSettings } from './place-settings.ts';
import {
  type ConnectionSettings,
  connectionSettings,
  newSiteSettings,
  runtimeUrlOf,
  workflowSetting,
  workflowSettings,
} from './settings.ts';

/** A Logic App (Standard), or what a workflow adds to one; and what the project is told of it. */
export interface StandardInfrastructure extends Infrastructure {
  readonly workflowName: string;
  readonly names: StandardNames;
  readonly target: StandardPlace;
  readonly site: Resource;
  /** What the workflow itself needs, besides what every Logic App (Standard) has. */
  readonly settings: AppSettings;
  /** Where the Logic App is, as its app settings say it. */
  readonly placeSettings: readonly PlaceSetting[];
  /** All settings that are deployed. */
  readonly deployedSettings: AppSettings;
  /** App setting of each parameter of the workflow. */
  readonly workflowSettings: readonly string[];
  /** Absent where there is no vault to connect to. */
  readonly connectionSettings?: ConnectionSettings;
  /** What the managed connector asks a token for. */
  readonly vaultAudience: string;
  /** The vault that the workflow reads. */
  readonly vault?: Vault;
  /** Lets the identity read the vault; absent where that is left to others. */
  readonly vaultAccess?: { readonly how: VaultAccess; readonly module: Module };
}

/** Throws a SpecError where the spec lacks what a Logic App (Standard) needs. */
export function standardInfrastructure(input: InfrastructureInput): StandardInfrastructure {
  const { spec, environment, workflow } = input;
  const names = standardNames(spec, environment);
  const target = standardPlace(input);
  const access = vaultAccess(environment, environment.targets.standard ?? {});
  const identity = identityOf(target, { location: parameter('location'), tags: parameter('tags') });
  const made = target.newSite && newSite(identity);
  const site = made?.site ?? existingSite(identity);
  const principal = principalOf(site);
  const managed = environment.vault && names.connector === 'managed' ? connection : undefined;
  const module = access && vaultAccessModule(access, { name: parameter('siteName'), principal });
  const settings = workflowSettings(input, names, target);
  const setting = connectionSettings(names);
  const place = placeSettings(environment, target);
  const deployedSettings: AppSettings = {
    ...(made && newSiteSettings(made)),
    ...((made || managed) && Object.fromEntries(place.map(({ name, value }) => [name, value]))),
    ...(managed && { [setting.runtimeUrl]: runtimeUrlOf(managed) }),
    ...settings,
  };
  const appSettings = appSettingsModule(site, deployedSettings, module && { first: module, because });
  return {
    workflowName: workflowName(spec, environment),
    names,
    target,
    site,
    settings,
    placeSettings: place,
    deployedSettings,
    workflowSettings: workflow.parameters.map(({ name }) => workflowSetting(names, name)),
    ...(environment.vault && { connectionSettings: setting, vault: environment.vault }),
    vaultAudience: cloudProfile(environment.cloud).vault.audience,
    ...(access && module && { vaultAccess: { how: access, module } }),
    parameters: standardParameters(input, names, target, access),
    existing: [...existingFor(identity), ...(made ? [] : [site]), appSettings.current],
    deployed: [
      ...madeFor(identity),
      ...(made ? [made.storage, made.logWorkspace, made.applicationInsights, made.plan, made.site] : []),
      ...(managed ? [managed, connectionAccess(managed, principal)] : []),
      ...(module ? [module] : []),
      appSettings.module,
    ],
    outputs: {
      siteId: idOf(site),
      principalId: principal,
      ...(needsOf(spec).identity && identityOutputs(identity)),
      ...(managed && { connectionRuntimeUrl: runtimeUrlOf(managed) }),
    },
  };
}

const because = 'So that the workflow can read the vault as soon as it starts anew.';

/** An app that is there has its identity from elsewhere: a template cannot give it one without setting all the rest of it. */
function existingSite(identity: Identity): Resource {
  return { kind: 'resource', symbol: 'site', type: 'Microsoft.Web/sites', name: parameter('siteName'), identity };
}

const connection: Resource = {
  kind: 'resource',
  symbol: 'connection',
  type: 'Microsoft.Web/connections',
  name: parameter('connectionName'),
  members: {
    location: parameter('location'),
    tags: parameter('tags'),
    kind: 'V2',
    properties: keyVaultConnectionProperties,
  },
};

/** Lets the Logic App use the connection. Shape: docs/facts/key-vault.md#standard. */
function connectionAccess(connection: Resource, principal: Value): Resource {
  return {
    kind: 'resource',
    symbol: 'connectionAccess',
    type: 'Microsoft.Web/connections/accessPolicies',
    name: parameter('siteName'),
    parent: connection,
    members: {
      location: parameter('location'),
      properties: {
        principal: { type: 'ActiveDirectory', identity: { tenantId: surroundings('tenantId'), objectId: principal } },
      },
    },
  };
}
