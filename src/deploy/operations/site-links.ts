import type { Azure } from '../../azure/azure.ts';
import { needing } from '../../azure/needing.ts';
import { findSettings, findSite, type Site } from '../../azure/web-apps.ts';
import { rights } from '../../cloud/rights.ts';
import { certflow, commandOf } from '../../next/command-line.ts';
import type { SignInAim } from '../../proofs/aim.ts';
import { accessLink } from '../../proofs/links/access.ts';
import { type Link, ok, wrong } from '../../proofs/proof.ts';
import { lookAtAccess } from '../../proofs/vault-access.ts';
import type { SiteTarget } from '../targets/target.ts';

/** App there and running, settings as they were generated, access held. */
export function siteLinks(azure: Azure, target: SiteTarget, { line }: Pick<SignInAim, 'line'>): Link[] {
  const { site, place, settings, vault } = target;
  let found: Promise<Site | undefined> | undefined;
  const app = () => {
    found ??= needing(rights.readResources, () => findSite(azure, site.id));
    return found;
  };
  const cure = { cure: 'Deploy again.', command: certflow(line, 'deploy', '--target', target.targetName) };
  const needs = ['app'] as const;
  return [
    {
      link: 'app',
      known: `Resource Manager shows the app ${site.name}`,
      look: async () => {
        const there = await app();
        if (!there) return wrong(`${site.name} is not in ${place.resourceGroup}`, 'Deploy it.', cure.command);
        if (there.state === 'Running') return ok(`${site.name} is running`);
        return wrong(
          `${site.name} is ${there.state.toLowerCase() || 'in no state that Azure names'}`,
          'Start it.',
          commandOf('az', 'webapp', 'start', '--ids', site.id),
        );
      },
    },
    {
      link: 'settings',
      known: `Resource Manager lists the settings of the app ${site.name}`,
      needs,
      look: async () => {
        const names = Object.keys(settings);
        const current = (await needing(rights.readSettings, () => findSettings(azure, site.id, names))) ?? {};
        const different = names.filter((name) => current[name] !== settings[name]);
        if (different.length === 0) return ok(`all ${names.length} are as the spec says`);
        return wrong(
          `${different.join(', ')} ${different.length === 1 ? 'is' : 'are'} not as the spec says`,
          cure.cure,
          cure.command,
        );
      },
    },
    ...(vault
      ? [
          accessLink({
            vault: vault.name,
            needs,
            look: async () => lookAtAccess(azure, { ...target, vault }, await app()),
            runner: app,
            identity: place.userAssignedIdentity,
            cure,
            isLeftToOthers: target.vaultAccess === undefined,
          }),
        ]
      : []),
  ];
}
