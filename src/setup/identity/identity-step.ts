import { createIdentity, switchIdentityOn } from '../../azure/identities.ts';
import { needing } from '../../azure/needing.ts';
import { createResourceGroup, findResourceGroup } from '../../azure/resource-groups.ts';
import { rights } from '../../cloud/rights.ts';
import { type Finding, present, type Step } from '../plan.ts';
import type { IdentityScene } from './identity-scene.ts';
import type { IdentityHolder } from './wanted-identity.ts';

/** The identity itself: made where the spec has it made, switched on in an app, and left to the deployment where it comes with that. */
export function identityStep(scene: IdentityScene, holder: IdentityHolder): Step {
  const { azure } = scene;
  const { kind, name, id, madeIn } = holder;
  return {
    part: 'identity',
    name: kind === 'userAssignedIdentity' ? name.replace(/^the /, '') : `identity of ${name}`,
    look: async (): Promise<Finding> => {
      const found = await scene.identity(holder);
      if (found?.principalId !== undefined) {
        const takesOver =
          madeIn && !found.isMadeHere ? '; certflow did not make it: leave existingIdentity out, so that it stays so' : '';
        return present(`object id ${found.principalId}${takesOver}`);
      }
      if (kind === 'userAssignedIdentity') return madeIn ? toMake(scene, holder, madeIn) : notThere;
      if (found && kind === 'site')
        return {
          state: 'to change',
          detail: 'it is switched on',
          apply: async () => {
            scene.setIdentity(holder, await switchIdentityOn(azure, id, found));
            return undefined;
          },
        };
      return { state: 'left to others', detail: `${found ? 'it has none yet' : 'it does not exist yet'}: ${afterDeploy}` };
    },
  };
}

/** What has to be done once there is something that has the identity. */
export const afterDeploy = 'run certflow setup again once it is deployed';

const notThere: Finding = {
  state: 'blocked',
  detail: 'there is no such identity: check its id; or write existingIdentity: false beside it, which has it made',
};

function toMake(scene: IdentityScene, holder: IdentityHolder, place: NonNullable<IdentityHolder['madeIn']>): Finding {
  const { azure } = scene;
  const { subscription, resourceGroup, location } = place;
  return {
    state: 'to create',
    detail: `in ${location}, resource group ${resourceGroup}`,
    apply: async () => {
      const group = await needing(rights.readResources, () => findResourceGroup(azure, subscription, resourceGroup));
      if (!group)
        await needing(rights.makeGroup, () => createResourceGroup(azure, subscription, { name: resourceGroup, location }));
      scene.setIdentity(holder, await createIdentity(azure, holder.id, location));
      return undefined;
    },
  };
}
