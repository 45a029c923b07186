import { limits } from '../../definition/limits.ts';
import type { StandardNames } from '../../workflow/dialects/standard.ts';
import { parameterValues } from '../../workflow/parameter-values.ts';
import { identityParameters } from '../identity.ts';
import type { InfrastructureInput } from '../input.ts';
import type { Parameter } from '../model.ts';
import { tagsParameter, textParameter, vaultParameters, workflowParameters } from '../parameters.ts';
import type { VaultAccess } from '../target.ts';
import { workflowName } from './names.ts';
import type { StandardPlace } from './place.ts';

/** The parameters of what a workflow needs in Logic Apps (Standard). Throws a SpecError where the client id is not there yet. */
export function standardParameters(
  { spec, environment, workflow }: InfrastructureInput,
  { connector }: StandardNames,
  target: StandardPlace,
  access: VaultAccess | undefined,
): Parameter[] {
  const values = parameterValues(spec, environment, workflow);
  const { newSite, site, location } = target;
  const { vault } = environment;
  const isManaged = vault !== undefined && connector === 'managed';
  const identity = identityParameters(environment, target);
  const isPlaced = newSite !== undefined || isManaged;
  return [
    textParameter('siteName', 'Name of the Logic App', site),
    ...(isPlaced ? [textParameter('location', 'Region of the Logic App', location)] : []),
    ...(newSite ? newSiteParameters(site, newSite) : []),
    ...(isManaged
      ? [
          textParameter(
            'connectionName',
            'Name of the Key Vault connection',
            connectionName(site, workflowName(spec, environment)),
          ),
        ]
      : []),
    ...(vault && !isManaged
      ? [textParameter('keyVaultUri', 'Address of the key vault with the certificate', `${vault.url}/`)]
      : []),
    // The built-in connector needs no more than the address.
    ...(isManaged || access ? vaultParameters(environment, target, access) : []),
    ...identity,
    ...workflowParameters(workflow, values, identity),
    ...(isPlaced ? [tagsParameter('Tags of what is made', environment.targets.standard?.tags)] : []),
  ];
}

function newSiteParameters(site: string, { plan, sku, storageAccount }: NonNullable<StandardPlace['newSite']>): Parameter[] {
  return [
    textParameter('planName', 'Name of the plan', plan),
    textParameter('planSku', 'Size of the plan: WS1, WS2 or WS3', sku),
    textParameter('storageAccountName', 'Name of the storage account, of which there is one in the world', storageAccount),
    textParameter('applicationInsightsName', 'Name of Application Insights', `appi-${site}`),
    textParameter('logWorkspaceName', 'Name of the workspace in which its data is', `log-${site}`),
  ];
}

function connectionName(site: string, workflow: string): string {
  return `keyvault-${site}-${workflow}`.slice(0, limits.name);
}
