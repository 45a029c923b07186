import type { DeploymentAddress, Template } from '../../azure/deployments.ts';
import { armValues } from '../../infrastructure/arm/parameters.ts';
import { armTemplate } from '../../infrastructure/arm/print.ts';
import type { Infrastructure, Module } from '../../infrastructure/model.ts';
import { type Known, knownOf, resolve, resolvedId } from '../../infrastructure/resolve.ts';
import { apiVersions } from '../../infrastructure/resource-types.ts';
import type { VaultAccess } from '../../infrastructure/target.ts';
import type { ReadVault } from '../../proofs/vault-access.ts';
import type { Environment, Spec, Vault } from '../../spec/spec.ts';
import { wordsOf } from '../resource-words.ts';
import type { AzurePlace } from './target.ts';

/** The longest name that a deployment may have. */
const longestName = 64;

/** What is deployed, with where to. */
interface Deployable extends Infrastructure {
  readonly target: AzurePlace;
  readonly vault?: Vault;
  readonly vaultAccess?: { readonly how: VaultAccess; readonly module: Module };
}

/** What a target takes from its infrastructure. `name` tells its deployment from others in the group. */
export function partsOf(spec: Spec, environment: Environment, infrastructure: Deployable, name: string) {
  const { target, vault, vaultAccess, deployed, parameters } = infrastructure;
  const known: Known = knownOf(infrastructure);
  return {
    spec,
    environment,
    known,
    deployment: deploymentOf(target, name),
    ...(vault && { vault: readVault(vault, target) }),
    ...(vaultAccess && { vaultAccess: vaultAccess.how }),
    made: deployed.flatMap((one) => {
      const what = one.kind === 'resource' ? wordsOf(one.type) : undefined;
      if (one.kind !== 'resource' || what === undefined || one.name === undefined) return [];
      const apiVersion = apiVersions[one.type];
      return [{ what, name: String(resolve(one.name, known)), id: resolvedId(one, known), apiVersion }];
    }),
    template: ({ givesAccess }: { readonly givesAccess: boolean }): Template => ({
      template: armTemplate({
        ...infrastructure,
        deployed: deployed.filter((one) => givesAccess || one !== vaultAccess?.module),
      }),
      parameters: armValues(parameters),
    }),
  };
}

/** Always the same name: a deployment that is under way is found again, and not started twice. */
function deploymentOf({ subscription, resourceGroup }: AzurePlace, name: string): DeploymentAddress {
  return { subscription, resourceGroup, name: `certflow-${name}`.slice(0, longestName) };
}

function readVault(vault: Vault, { subscription, resourceGroup }: AzurePlace): ReadVault {
  const { name, access } = vault;
  const id = `/subscriptions/${vault.subscription ?? subscription}/resourceGroups/${vault.resourceGroup ?? resourceGroup}/providers/Microsoft.KeyVault/vaults/${name}`;
  return { id, name, access };
}

/** What a format is told of the environment. */
export function named({ name }: Environment): { environment?: string } {
  return name === '' ? {} : { environment: name };
}

/** Requests that may change something, as `POST Send order`. */
export function changingRequests({ requests }: Spec): string[] {
  return requests.filter(({ method }) => !/^(GET|HEAD)$/.test(method)).map(({ method, name }) => `${method} ${name}`);
}
