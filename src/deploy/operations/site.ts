import type { Azure } from '../../azure/azure.ts';
import { isForbidden } from '../../azure/needing.ts';
import { findSettings, findSite, giveIdentity, type Site } from '../../azure/web-apps.ts';
import type { Change, ChangedProperty } from '../changes.ts';
import { refuse } from '../refuse.ts';
import type { SiteTarget } from '../targets/target.ts';
import type { Tell } from './operations.ts';

/** What the identity of an app becomes; undefined where it is as it should be, or comes with a new app. */
interface IdentityWish {
  readonly type: string;
  readonly userAssignedIdentity?: string;
  readonly referenceIdentity?: string;
}

/** The app of a target. Throws a RefusedError where one that should be there is not. */
export async function lookAtSite(azure: Azure, target: SiteTarget): Promise<Site | undefined> {
  const { id, name, isNew } = target.site;
  const site = await findSite(azure, id);
  if (site || isNew) return site;
  throw refuse(
    target,
    ['target', 'site'],
    `There is no app ${name} in ${target.place.resourceGroup}.`,
    'Check site, resourceGroup and subscription of the target; or write existingSite: false, which makes the app.',
  );
}

/** What becomes of settings and identity. Values that are there may be secrets, and are not shown. */
export async function changesOfSite(azure: Azure, target: SiteTarget, site: Site | undefined): Promise<Change[]> {
  const { name } = target.site;
  const wish = site && identityWish(target, site);
  const identity: Change[] = wish
    ? [{ action: 'change', what: 'app', name, properties: identityProperties(target, site, wish) }]
    : [];
  const current = site && (await visibleSettings(azure, target));
  if (current === 'hidden') return [...identity, { action: 'unknown', what: 'settings of', name, properties: [] }];
  const properties = Object.entries(target.settings).flatMap(([setting, after]): ChangedProperty[] => {
    const before = current?.[setting];
    if (before === after) return [];
    return [before === undefined ? { path: setting, after, isHidden: false } : { path: setting, isHidden: true }];
  });
  const action = site === undefined ? 'create' : properties.length > 0 ? 'change' : 'none';
  return [...identity, { action, what: 'settings of', name, properties: site ? properties : [] }];
}

/** The settings that the spec names, as the app has them; `hidden` where whoever is signed in may not read them. */
async function visibleSettings(azure: Azure, { site, settings }: SiteTarget) {
  return findSettings(azure, site.id, Object.keys(settings)).catch((error: unknown) => {
    if (!isForbidden(error)) throw error;
    return 'hidden' as const;
  });
}

/** A template that only adds to an app needs its identity before. */
export async function switchOnIdentity(azure: Azure, target: SiteTarget, tell: Tell): Promise<void> {
  const site = await findSite(azure, target.site.id);
  const wish = site && identityWish(target, site);
  if (!wish) return;
  tell(`identity of ${target.site.name}`, 'is being switched on');
  await giveIdentity(azure, target.site.id, site, wish);
  tell(`identity of ${target.site.name}`, 'is on');
}

function identityWish(target: SiteTarget, site: Site): IdentityWish | undefined {
  const { userAssignedIdentity } = target.place;
  const isSystemAssigned = /SystemAssigned/i.test(site.identityType);
  if (userAssignedIdentity === undefined) {
    if (isSystemAssigned) return undefined;
    return { type: Object.keys(site.userAssigned).length > 0 ? 'SystemAssigned, UserAssigned' : 'SystemAssigned' };
  }
  const isWanted = (id: string | undefined) => id?.toLowerCase() === userAssignedIdentity.toLowerCase();
  const refers = target.targetName === 'app-service' && !isWanted(site.referenceIdentity);
  if (Object.keys(site.userAssigned).some(isWanted) && !refers) return undefined;
  return {
    type: isSystemAssigned ? 'SystemAssigned, UserAssigned' : 'UserAssigned',
    userAssignedIdentity,
    ...(refers && { referenceIdentity: userAssignedIdentity }),
  };
}

function identityProperties({ place }: SiteTarget, site: Site, wish: IdentityWish): ChangedProperty[] {
  const type: ChangedProperty = { path: 'identity.type', before: site.identityType, after: wish.type, isHidden: false };
  const own = { path: 'identity.userAssignedIdentities', after: place.userAssignedIdentity, isHidden: false };
  const reads = { path: 'properties.keyVaultReferenceIdentity', after: wish.referenceIdentity, isHidden: false };
  return [
    ...(site.identityType === wish.type ? [] : [type]),
    ...(wish.userAssignedIdentity === undefined ? [] : [own]),
    ...(wish.referenceIdentity === undefined ? [] : [reads]),
  ];
}
