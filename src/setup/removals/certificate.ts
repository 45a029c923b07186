import type { Azure } from '../../azure/azure.ts';
import { deleteCertificate, listVersions, type VaultCertificateVersion } from '../../azure/vault-certificates.ts';
import { commandOf } from '../../next/command-line.ts';
import { hasCertificate } from '../../spec/needs.ts';
import { withVaultRight } from '../held-rights.ts';
import type { Wanted } from '../wanted.ts';
import { notOurs, type SetupRemoval, staying, type Tell, unlessHidden } from './removal.ts';
import type { Seen, Users } from './users.ts';

/** What is known of the certificate that setting up puts into a vault. */
export interface CertificateSeen {
  /** `hidden` where whoever is signed in may not see them. */
  readonly versions: readonly VaultCertificateVersion[] | 'hidden';
  readonly removals: readonly SetupRemoval[];
}

/** Looks at the certificate in the vault: it goes where certflow made every version of it, and nobody who stays reads it. */
export async function lookAtCertificate(
  azure: Azure,
  { vault: place, certificate }: Wanted,
  { vault, me, users }: Seen,
): Promise<CertificateSeen> {
  const versions = await listVersions(azure, place.name, certificate.name).catch(unlessHidden);
  if (versions.length === 0) return { versions, removals: [] };
  const head = {
    what: 'certificate',
    name: `${certificate.name} in the vault ${place.name}`,
    id: `${place.id}/certificates/${certificate.name}`.toLowerCase(),
  };
  const why = versions === 'hidden' ? undefined : whoseVersions(versions);
  const stays = why ?? users.deployed ?? otherReader(users, { vault: place.name, certificate: certificate.name });
  if (stays !== undefined) return { versions, removals: [staying(head, stays)] };
  const remove = async (tell: Tell) =>
    withVaultRight({ azure, vault, place, me, tell }, 'delete', async () => {
      // Somebody may have put a version of their own there since, and who could not look before sees it now.
      const there = await listVersions(azure, place.name, certificate.name);
      const reason = whoseVersions(there);
      if (reason !== undefined || there.length === 0) return reason;
      await deleteCertificate(azure, place.name, certificate.name);
      return undefined;
    });
  const recover = commandOf('az', 'keyvault', 'certificate', 'recover', '--vault-name', place.name, '--name', certificate.name);
  const details = [
    ...(versions === 'hidden'
      ? ['if it is there and certflow made it, which you may not see: you get the right to for the moment']
      : []),
    `the vault keeps it as deleted for ${vault.retentionDays} days, and its name is taken so long`,
    ...(vault.isPurgeProtected ? ['nobody can remove it for good before (purge protection)'] : []),
    `back: ${recover}`,
  ];
  return { versions, removals: [{ ...head, details, remove }] };
}

function whoseVersions(versions: readonly VaultCertificateVersion[]): string | undefined {
  const others = versions.filter(({ isMadeHere }) => !isMadeHere);
  if (others.length === 0) return undefined;
  return others.length === versions.length ? notOurs : `somebody else put a version there: ${others[0]?.version}`;
}

function otherReader({ staying }: Users, { vault, certificate }: { readonly vault: string; readonly certificate: string }) {
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  const other = staying.find(
    (one) => hasCertificate(one) && same(one.vault.name, vault) && same(one.certificate.name, certificate),
  );
  return other && `the environment ${other.name} reads it too; name it as well to remove it`;
}
