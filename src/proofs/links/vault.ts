import { certflow, commandOf } from '../../next/command-line.ts';
import type { SignInAim } from '../aim.ts';
import { type Link, ok, unknown, wrong } from '../proof.ts';
import type { Sight } from '../sight.ts';

/** The vault as a resource. */
export function vaultLinks(sight: Sight, { vault: { name, id, access }, line }: Pick<SignInAim, 'vault' | 'line'>): Link[] {
  if (id === undefined) return [];
  const known = `Resource Manager shows the vault ${name}`;
  return [
    {
      link: 'vault',
      known,
      look: async () => {
        const found = await sight.vault(id);
        if (!found)
          return wrong(
            `there is no vault ${name} in ${/resourceGroups\/([^/]+)/i.exec(id)?.[1]}`,
            'Check vault.name, vault.resourceGroup and vault.subscription; or have it made.',
            certflow(line, 'setup', '--only', 'vault'),
          );
        const how = (kind: 'rbac' | 'policy') => (kind === 'rbac' ? 'roles' : 'access policies');
        if (access !== undefined && found.access !== access)
          return wrong(
            `${name} lets in by ${how(found.access)}, and the spec says ${how(access)}`,
            found.access === 'policy'
              ? 'Write access: policy under vault in the spec, or switch the vault over.'
              : 'Leave access out of vault in the spec, or switch the vault over.',
            commandOf('az', 'keyvault', 'update', '--name', name, '--enable-rbac-authorization', String(access === 'rbac')),
          );
        return ok(`${name} lets in by ${how(found.access)}`);
      },
    },
    {
      link: 'firewall',
      known,
      needs: ['vault'],
      look: async () => {
        const found = await sight.vault(id);
        if (!found?.isClosed) return ok(`none: ${name} may be asked from everywhere`);
        if (found.admitted.length > 0)
          return unknown(
            `the vault admits ${found.admitted.length} ${found.admitted.length === 1 ? 'address or network' : 'addresses and networks'} only: whether the workflow comes from one of them does not show`,
            'A run tells: "certflow deploy --run". Addresses of connectors: https://learn.microsoft.com/connectors/common/outbound-ip-addresses',
          );
        return wrong(
          'it admits nobody: the workflow cannot read the vault',
          'Admit the addresses that the connector asks from (https://learn.microsoft.com/connectors/common/outbound-ip-addresses), or let everybody ask: the role decides who gets an answer.',
          commandOf(
            'az',
            'keyvault',
            'update',
            '--name',
            name,
            '--public-network-access',
            'Enabled',
            '--default-action',
            'Allow',
          ),
        );
      },
    },
  ];
}
