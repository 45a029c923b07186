import type { Azure } from '../../azure/azure.ts';
import { deleteResource, findResource } from '../../azure/resources.ts';
import { listHeldRoles } from '../../azure/role-assignments.ts';
import { listStandardWorkflows } from '../../azure/standard-workflows.ts';
import { findSettings, findSite, removeSettings, type Site, takeIdentity } from '../../azure/web-apps.ts';
import { deleteFolder } from '../../azure/zip-deployments.ts';
import type { SiteTarget } from '../targets/target.ts';
import { accessRemovals } from './access.ts';
import type { Removal } from './removal.ts';

/**
 * What an app has of a deployment. An app that the spec makes goes whole, with what was made for it, unless it has come to hold other
 * workflows; from one that was there before, settings, identity and workflow are taken back.
 */
export async function siteRemovals(azure: Azure, target: SiteTarget): Promise<Removal[]> {
  const site = await findSite(azure, target.site.id);
  const access = await accessRemovals(azure, target, site?.principalId);
  const others = site ? await otherWorkflows(azure, target) : [];
  if (target.site.isNew) {
    const why = others.length === 0 ? undefined : `it has other workflows: ${others.join(', ')}`;
    const made = await madeRemovals(azure, target, why);
    return why === undefined ? [...access, ...made] : [...(await workflowRemoval(azure, target, site)), ...made];
  }
  if (!site) return [];
  return [
    ...(await workflowRemoval(azure, target, site)),
    ...(await settingsRemoval(azure, target)),
    ...(others.length === 0 ? [...access, ...(await identityRemoval(azure, target, site))] : []),
  ];
}

/** Workflows of the app besides that of the target. */
async function otherWorkflows(azure: Azure, target: SiteTarget): Promise<string[]> {
  if (target.targetName !== 'standard') return [];
  const all = await listStandardWorkflows(azure, target.site.id);
  return all.filter((name) => name.toLowerCase() !== target.workflowName.toLowerCase());
}

/** App, plan, storage and what else the template makes, as far as they are there; first what stands on the others. */
async function madeRemovals(azure: Azure, { made, site }: SiteTarget, staysBecause: string | undefined): Promise<Removal[]> {
  const isApp = ({ id }: SiteTarget['made'][number]) => id.toLowerCase() === site.id.toLowerCase();
  const ordered = [...made.filter(isApp), ...made.filter((one) => !isApp(one)).reverse()];
  const found = await Promise.all(
    ordered.map(async ({ what, name, id, apiVersion }): Promise<Removal[]> => {
      const words = `the ${what} ${name}`;
      const there = await findResource(azure, id, apiVersion, words);
      if (!there) return [];
      const apps = Number(there.properties.numberOfSites ?? 0);
      const why = staysBecause ?? (apps > 1 ? 'other apps run on it' : undefined);
      const remove = (azure: Azure) => deleteResource(azure, id, apiVersion, words);
      return [{ what, name, remove, ...(why === undefined ? {} : { staysBecause: why }) }];
    }),
  );
  return found.flat();
}

async function workflowRemoval(azure: Azure, target: SiteTarget, site: Site | undefined): Promise<Removal[]> {
  if (target.targetName !== 'standard') return [];
  const { workflowName: name } = target;
  const all = await listStandardWorkflows(azure, target.site.id);
  if (!all.some((one) => one.toLowerCase() === name.toLowerCase())) return [];
  const service = site?.deployments;
  const removal = { what: 'workflow', name };
  if (service === undefined)
    return [{ ...removal, staysBecause: 'Azure names no host of the app that would remove it', remove: async () => {} }];
  return [{ ...removal, remove: (azure) => deleteFolder(azure, service, `site/wwwroot/${name}`) }];
}

/** The settings that are as the spec says: others were changed by somebody. */
async function settingsRemoval(azure: Azure, { site, settings }: SiteTarget): Promise<Removal[]> {
  const current = (await findSettings(azure, site.id, Object.keys(settings))) ?? {};
  const ours = Object.entries(settings).filter(([name, value]) => current[name] === value);
  if (ours.length === 0) return [];
  const names = ours.map(([name]) => name);
  return [
    {
      what: `settings of ${site.name}:`,
      name: names.join(', '),
      remove: (azure) => removeSettings(azure, site.id, Object.fromEntries(ours)),
    },
  ];
}

/** The identity that a deployment has switched on; whatever else it may do says that somebody else relies on it. */
async function identityRemoval(azure: Azure, target: SiteTarget, site: Site): Promise<Removal[]> {
  const { site: app, vault, place } = target;
  const user = place.userAssignedIdentity;
  if (user !== undefined) {
    const isAssigned = Object.keys(site.userAssigned).some((id) => id.toLowerCase() === user.toLowerCase());
    const name = `${user.slice(user.lastIndexOf('/') + 1)} of ${app.name}`;
    return isAssigned ? [{ what: 'identity', name, remove: (azure) => takeIdentity(azure, app.id, user) }] : [];
  }
  if (site.principalId === undefined) return [];
  const held = await listHeldRoles(azure, place.subscription, site.principalId);
  const others = held.filter(({ scope }) => scope.toLowerCase() !== vault?.id.toLowerCase());
  return [
    {
      what: 'identity',
      name: `of ${app.name}`,
      ...(others.length > 0 && { staysBecause: `it has other roles, such as on ${others[0]?.scope}` }),
      remove: (azure) => takeIdentity(azure, app.id, undefined),
    },
  ];
}
