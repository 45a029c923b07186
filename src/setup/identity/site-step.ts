import { findSite, findSiteGrant, grantSite } from '../../azure/sites.ts';
import type { Site } from '../../proofs/sites.ts';
import { type Finding, present, type Step } from '../plan.ts';
import { doesAsMuch } from '../steps/site-step.ts';
import type { IdentityScene } from './identity-scene.ts';
import { afterDeploy } from './identity-step.ts';
import type { IdentityHolder } from './wanted-identity.ts';

/** What an identity may do on one site, which knows it by its client id. Source: docs/facts/managed-identity.md#what-it-may-do. */
export function identitySiteStep(scene: IdentityScene, holder: IdentityHolder, { url, graphId, role }: Site): Step {
  const { azure } = scene;
  return {
    part: 'identity',
    name: `right ${role} on ${url} for ${holder.name}`,
    look: async (): Promise<Finding> => {
      const siteId = await findSite(azure, graphId);
      if (siteId === undefined) return { state: 'blocked', detail: 'there is no such site in this tenant' };
      const principal = await scene.principal(holder);
      const grant = principal && (await findSiteGrant(azure, siteId, principal.appId));
      const held = grant?.roles.find((one) => doesAsMuch(one, role));
      if (held !== undefined) return present(held === role ? undefined : `by the stronger right ${held}, which stays`);
      if (!principal && holder.madeIn === undefined && holder.kind === 'workflow')
        return { state: 'left to others', detail: afterDeploy };
      const apply = async () => {
        const { appId, displayName } = await scene.principalThere(holder);
        await grantSite(azure, { siteId, appId, displayName, role, ...(grant && { grant }) });
        return undefined;
      };
      return grant
        ? { state: 'to change', detail: `it has ${grant.roles.join(', ') || 'another one'} there`, apply }
        : { state: 'to create', apply };
    },
  };
}
