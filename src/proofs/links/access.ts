import type { Cure, Link } from '../proof.ts';
import { ok, wrong } from '../proof.ts';
import { hasIdentity, type Identities, longestReplication, type VaultAccess } from '../vault-access.ts';

export interface AccessLinkOptions {
  readonly vault: string;
  readonly needs: Link['needs'];
  readonly look: () => Promise<VaultAccess>;
  /** The identities of what runs. */
  readonly runner: () => Promise<Identities | undefined>;
  /** Resource id of the user-assigned identity that reads the vault; undefined where what runs has its own. */
  readonly identity: string | undefined;
  /** Gives it. */
  readonly cure: Cure;
  /** Whether that is left to others. */
  readonly isLeftToOthers: boolean;
}

/** Whether the identity of what runs may read the vault. */
export function accessLink({ vault, needs, look, runner, identity, cure, isLeftToOthers }: AccessLinkOptions): Link {
  return {
    link: 'access to the vault',
    known: `Resource Manager shows who has a role, or an access policy, on ${vault}`,
    ...(needs && { needs }),
    after: ['vault'],
    look: async () => {
      const there = await runner();
      if (identity !== undefined && there && !hasIdentity(there, identity))
        return wrong(
          `the identity ${identity.slice(identity.lastIndexOf('/') + 1)} was taken from it, with which it would read ${vault}`,
          cure.cure,
          cure.command,
        );
      const access = await look();
      if (access.state === 'held') return ok(`the identity may read ${vault} (${access.by})${whileNew(access.since)}`);
      if (access.state === 'cannot tell')
        return { result: 'cannot tell', found: `you may not look who has access to ${vault}`, cure: access.why };
      const { principalId } = access;
      if (principalId === undefined) return wrong('there is no identity that could', cure.cure, cure.command);
      const found = `the identity ${principalId} may not read ${vault}`;
      if (!isLeftToOthers) return wrong(found, cure.cure, cure.command);
      return wrong(
        found,
        `Have its owner give ${principalId} the role "Key Vault Secrets User" on ${vault}; then run "certflow deploy" again.`,
        cure.command,
      );
    },
  };
}

/** Azure shows a role before every vault knows it. */
function whileNew(since: string | undefined): string {
  const known = since === undefined ? 0 : Date.parse(since) + longestReplication;
  return known > Date.now()
    ? `; given a moment ago, the vault knows it by ${new Date(known).toISOString().slice(0, 16).replace('T', ' ')} UTC at the latest`
    : '';
}
