import { cloudProfile } from '../../cloud/profile.ts';
import { quote } from '../../diagnostics/words.ts';
import { type Link, ok, wrong } from '../proof.ts';
import type { Sight } from '../sight.ts';

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
