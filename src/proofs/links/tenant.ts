import { cloudProfile } from '../../cloud/profile.ts';
import { quote } from '../../diagnostics/words.ts';
import { type Link, ok, wrong } from '../proof.ts';
import type { Sight } from '../sight.ts';

/** Entra takes an assertion whose times are this far from its own clock. Milliseconds. Source: docs/facts/sign-in.md#token-request. */
const clockSkew = 5 * 60_000;

export function tenantLink(sight: Sight, tenant: string): Link {
  const { authority } = sight.azure.profile;
  return {
    link: 'tenant',
    known: `the sign-in ${authority} was asked to describe the tenant`,
    look: async () => {
      const found = await sight.tenant(tenant);
      if (found) return ok(found.id.toLowerCase() === tenant.toLowerCase() ? tenant : `${tenant} is ${found.id}`);
      const other = authority === cloudProfile('public').authority ? '' : ` in the cloud ${sight.azure.profile.name}`;
      return wrong(
        `there is no tenant ${quote(tenant)}${other}`,
        'Write the id of the tenant into appRegistration.tenantId: whoever is signed in there sees it so.',
        'az account show --query tenantId --output tsv',
      );
    },
  };
}

/** The clock by which assertions are written here. */
export function clockLink(sight: Sight, tenant: string): Link {
  const { authority } = sight.azure.profile;
  return {
    link: 'clock',
    known: `the time in the answer of ${authority} beside that of this machine`,
    needs: ['tenant'],
    look: async () => {
      const clock = (await sight.tenant(tenant))?.clock;
      if (clock === undefined) return { result: 'cannot tell', found: 'the sign-in says no time' };
      const ahead = Date.now() - clock;
      if (Math.abs(ahead) < clockSkew) return ok('that of this machine agrees with that of the sign-in');
      return wrong(
        `the clock of this machine is ${Math.round(Math.abs(ahead) / 60_000)} minutes ${ahead > 0 ? 'fast' : 'slow'}`,
        'Set it: a sign-in from here is refused (AADSTS700024). A workflow in Azure has a clock of its own.',
        process.platform === 'win32' ? 'w32tm /resync' : 'sudo timedatectl set-ntp true',
      );
    },
  };
}
