import { clouds } from '../../cloud/clouds.ts';
import { cloudProfile } from '../../cloud/profile.ts';
import { limits } from '../../definition/limits.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import type { Dialect } from '../../workflow/dialect.ts';
import { type StandardNames, standard } from '../../workflow/dialects/standard.ts';
import {
  identityParameters,
  tagsParameter,
  textParameter,
  type VaultAccess,
  vaultAccess,
  vaultParameters,
} from '../azure-target.ts';
import type { WriteInput } from '../format.ts';
import { parameterValues } from '../parameter-values.ts';
import type { AppSetting } from '../site/app-setting.ts';
import type { TemplateParameter } from '../template-parameter.ts';
import { standardNames, workflowName } from './names.ts';
import { type PlaceSetting, placeSettings } from './place.ts';
import { type StandardTarget, standardTarget } from './target.ts';

/** A workflow in its Logic App (Standard): what the project and the templates say, decided once for all of them. */
export interface LogicApp {
  readonly workflowName: string;
  readonly names: StandardNames;
  readonly target: StandardTarget;
  /** Of the templates, in the order in which they declare them. */
  readonly parameters: readonly TemplateParameter[];
  /** What the workflow itself needs, besides what every Logic App (Standard) has. */
  readonly settings: readonly AppSetting[];
  /** Where the Logic App is, as its app settings say it. */
  readonly placeSettings: readonly PlaceSetting[];
  /** App setting of each parameter of the workflow. */
  readonly workflowSettings: readonly string[];
  /** Names of the settings that connections.json takes its values from. */
  readonly connectionSettings: ConnectionSettings;
  /** What the managed connector asks a token for. */
  readonly vaultAudience: string;
  /** How the templates let the identity read the vault; absent where they leave it to others. */
  readonly vaultAccess?: VaultAccess;
}

export interface ConnectionSettings {
  /** Of the built-in connector. */
  readonly vaultUri: string;
  /** Of the managed connector. */
  readonly connectionName: string;
  readonly runtimeUrl: string;
  /** Resource id of a user-assigned identity. */
  readonly identity: string;
}

export function dialect(spec: Spec, environment: Environment): Dialect {
  return standard(standardNames(spec, environment));
}

/** Throws a SpecError where the spec lacks what a Logic App (Standard) needs. */
export function logicApp(input: WriteInput): LogicApp {
  const { spec, environment, workflow } = input;
  const names = standardNames(spec, environment);
  const target = standardTarget(input);
  const values = parameterValues(spec, environment, workflow);
  const { newSite, userAssignedIdentity } = target;
  const written = environment.targets.standard ?? {};
  const access = vaultAccess(environment, written);
  const isManaged = names.connector === 'managed';
  const connectionSettings = {
    vaultUri: `${names.connection}_VaultUri`,
    connectionName: `${names.connection}_connectionName`,
    runtimeUrl: `${names.connection}_connectionRuntimeUrl`,
    identity: `${names.connection}_identity`,
  };
  const settingOf = (parameter: string) => `${names.prefix}_${parameter}`;
  return {
    workflowName: workflowName(spec, environment),
    names,
    target,
    connectionSettings,
    placeSettings: placeSettings(environment, target),
    vaultAudience: cloudProfile(environment.cloud).vault.audience,
    workflowSettings: workflow.parameters.map(({ name }) => settingOf(name)),
    ...(access && { vaultAccess: access }),
    settings: [
      // Without it, no certificate can be used for signing in: facts/workflow-definitions.md 5.5.
      { name: 'WEBSITE_LOAD_USER_PROFILE', value: '1' },
      ...(environment.cloud === 'public' ? [] : [{ name: 'AZURE_AUTHORITY_HOST', value: clouds[environment.cloud].authority }]),
      isManaged
        ? { name: connectionSettings.connectionName, parameter: 'connectionName' }
        : { name: connectionSettings.vaultUri, parameter: 'keyVaultUri' },
      ...(userAssignedIdentity === undefined ? [] : [{ name: connectionSettings.identity, parameter: 'userAssignedIdentity' }]),
      ...workflow.parameters.map(({ name }) => ({ name: settingOf(name), parameter: name })),
    ],
    parameters: [
      textParameter('siteName', 'Name of the Logic App', target.site),
      ...(newSite || isManaged ? [textParameter('location', 'Region of the Logic App', target.location)] : []),
      ...(newSite
        ? [
            textParameter('planName', 'Name of the plan', newSite.plan),
            textParameter('planSku', 'Size of the plan: WS1, WS2 or WS3', newSite.sku),
            textParameter(
              'storageAccountName',
              'Name of the storage account, of which there is one in the world',
              newSite.storageAccount,
            ),
            textParameter('applicationInsightsName', 'Name of Application Insights', `appi-${target.site}`),
            textParameter('logWorkspaceName', 'Name of the workspace in which its data is', `log-${target.site}`),
          ]
        : []),
      ...(isManaged
        ? [
            textParameter(
              'connectionName',
              'Name of the Key Vault connection',
              `keyvault-${target.site}-${workflowName(spec, environment)}`.slice(0, limits.name),
            ),
          ]
        : [textParameter('keyVaultUri', 'Address of the key vault with the certificate', `${environment.vault.url}/`)]),
      // The built-in connector needs no more than the address.
      ...(isManaged || access ? vaultParameters(environment, target, access) : []),
      ...identityParameters(userAssignedIdentity),
      ...workflow.parameters.map(({ name, meaning }) => textParameter(name, meaning, values[name] ?? '')),
      ...(newSite || isManaged ? [tagsParameter('Tags of what is made', written.tags)] : []),
    ],
  };
}
