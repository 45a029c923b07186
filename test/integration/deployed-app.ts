import { expect } from 'vitest';
import { readyCloud, specFile } from './cloud.ts';
import { appOf, subscription } from './sites.ts';

export const appService = { subscription, resourceGroup: 'rg-flows', site: 'app-contoso-dev' };

/** A web app that was there, with settings of its own, and what certflow has deployed to it. */
export async function deployedApp() {
  const cloud = await readyCloud();
  const { clients, profile, appRegistration } = cloud;
  const app = await appOf({ clients, profile }, appService.site, { OTHER: 'stays', TenantId: 'an older one' });
  const spec = specFile({ targets: { appService }, appRegistration });
  expect((await cloud.certflow('deploy', spec, '--yes')).code).toBe(0);
  cloud.writes();
  return { ...cloud, app, spec };
}
