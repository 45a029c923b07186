import { findSite, findSiteGrant, grantSite } from '../../azure/sites.ts';
import { type Site, strengthOf } from '../../proofs/sites.ts';
import { present, type Step } from '../plan.ts';
import type { AnyScene } from '../scene.ts';
import { applicationOf } from './application-steps.ts';

/** What the application may do on one site: Sites.Selected alone opens none. */
export function siteStep(scene: AnyScene, { url, graphId, role }: Site): Step {
  const { azure } = scene;
  return {
    part: 'entra',
    name: `right ${role} on ${url}`,
    links: [{ link: 'site', about: url }],
    look: async () => {
      const siteId = await findSite(azure, graphId);
      if (siteId === undefined) return { state: 'blocked', detail: 'there is no such site in this tenant' };
      const application = await scene.application();
      const grant = application && (await findSiteGrant(azure, siteId, application.appId));
      const held = grant?.roles.find((one) => doesAsMuch(one, role));
      if (held !== undefined) return present(held === role ? undefined : `by the stronger right ${held}, which stays`);
      const apply = async () => {
        const { appId, displayName } = await applicationOf(scene);
        await grantSite(azure, { siteId, appId, displayName, role, ...(grant && { grant }) });
        return undefined;
      };
      return grant
        ? { state: 'to change', detail: `it has ${grant.roles.join(', ') || 'another one'} there`, apply }
        : { state: 'to create', apply };
    },
  };
}

/** Whether a role that an application has on a site does what another one would. */
export function doesAsMuch(held: string, wanted: string): boolean {
  return held === wanted || strengthOf(held) > strengthOf(wanted);
}
