import { clouds } from '../../cloud/clouds.ts';
import { resolvedId } from '../../infrastructure/resolve.ts';
import type { DeployTarget } from './target-of.ts';

/** Where the portal shows what was deployed. Source: docs/facts/resource-manager.md#requests-and-answers. */
export function portalAddress(target: DeployTarget): string {
  return `${clouds[target.environment.cloud].portal}/#resource${target.targetName === 'consumption' ? logicAppId(target) : target.site.id}`;
}

function logicAppId({ workflow: { name, ...place } }: Extract<DeployTarget, { targetName: 'consumption' }>): string {
  return resolvedId(
    { kind: 'resource', symbol: 'logicApp', type: 'Microsoft.Logic/workflows', name },
    { parameters: [], ...place },
  );
}
