import type { Azure } from '../../azure/azure.ts';
import { AzureError } from '../../azure/azure-error.ts';
import { isForbidden } from '../../azure/needing.ts';
import { listVersions, type VaultCertificateVersion } from '../../azure/vault-certificates.ts';
import { findVault } from '../../azure/vaults.ts';
import { environmentsInAzure } from '../../spec/developer-machine.ts';
import { hasCertificate } from '../../spec/needs.ts';
import type { CertificateEnvironment } from '../../spec/spec.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { HeldRights } from '../held-rights.ts';
import type { VaultRight } from '../vault-right.ts';
import { type Wanted, type WantedToSignIn, wanted } from '../wanted.ts';
import type { Pair } from './mark.ts';
import { finishFrom, type UsedElsewhere } from './rotation.ts';

/** Another environment of the spec that signs in as the same app registration. */
export interface Neighbour {
  readonly environment: CertificateEnvironment;
  /** Versions of its certificate, the newest first; `hidden` where whoever is signed in may not see them; else why nobody can tell. */
  readonly versions: readonly VaultCertificateVersion[] | 'hidden' | { readonly untold: string };
}

/** The environments that share the app registration. */
export function sharing({ spec, environment, application }: WantedToSignIn, appId: string): CertificateEnvironment[] {
  return environmentsInAzure(spec)
    .filter(hasCertificate)
    .filter((other) => {
      if (other.name === environment.name || other.cloud !== environment.cloud) return false;
      const { clientId, tenantId } = other.appRegistration;
      if (clientId !== undefined) return clientId.toLowerCase() === appId.toLowerCase();
      return tenantId === application?.tenant && nameOf(spec, other) === application?.displayName;
    });
}

/** Looks at the vaults of the others, as far as whoever is signed in may. */
export async function lookAround(
  azure: Azure,
  { spec }: Wanted,
  others: readonly CertificateEnvironment[],
): Promise<Neighbour[]> {
  return Promise.all(
    others.map(async (environment): Promise<Neighbour> => {
      const { vault, certificate } = environment;
      try {
        return { environment, versions: await listVersions(azure, vault.name, certificate.name) };
      } catch (error) {
        if (isForbidden(error)) return { environment, versions: 'hidden' };
        const versions = untold(error);
        // The name of a vault that is not there yet has no address.
        const isThere = await findVault(azure, wanted(spec, environment).vault).catch(untold);
        return { environment, versions: isThere ? versions : [] };
      }
    }),
  );
}

/** Looks at those that were hidden with a right for the moment. */
export async function lookWithRights(
  { azure, me, tell }: Pick<VaultRight, 'azure' | 'me' | 'tell'>,
  { spec }: Wanted,
  held: HeldRights,
  neighbours: readonly Neighbour[],
): Promise<Neighbour[]> {
  const seen: Neighbour[] = [];
  for (const { environment, versions } of neighbours) {
    if (versions !== 'hidden') {
      seen.push({ environment, versions });
      continue;
    }
    try {
      const place = wanted(spec, environment).vault;
      const vault = await findVault(azure, place);
      const list = () => listVersions(azure, place.name, environment.certificate.name);
      seen.push({ environment, versions: await (vault ? held.within({ azure, vault, place, me, tell }, 'see', list) : list()) });
    } catch (error) {
      seen.push({ environment, versions: untold(error) });
    }
  }
  return seen;
}

/**
 * What the others sign in with: the version that their vault hands out, one that the spec pins, and every one while their own days of
 * overlap last. Where that cannot be told, it may be any.
 */
export function usedBy(
  neighbours: readonly Neighbour[],
  { pair, overlapDays, now }: { readonly pair: Pair; readonly overlapDays: number; readonly now: Date },
): UsedElsewhere {
  return (thumbprint) => {
    for (const { environment, versions } of neighbours) {
      const { name, vault, certificate } = environment;
      if (versions === 'hidden')
        return `certflow may not see whether ${name} signs in with it, from the vault ${vault.name}: that takes the role Key Vault Reader there`;
      if (!('length' in versions))
        return `nobody can tell whether ${name} signs in with it, from the vault ${vault.name}: ${versions.untold}`;
      const at = versions.findIndex((one) => one.thumbprint === thumbprint);
      if (at === -1) continue;
      if (at === 0) return `${name} signs in with it, from the vault ${vault.name}`;
      if (certificate.version !== undefined && versions[at]?.version === certificate.version)
        return `${name} signs in with it: the spec pins the version ${certificate.version} there`;
      // One and the same certificate: its days of overlap are those of this rotation.
      if (vault.name === pair.vault && certificate.name === pair.certificate) continue;
      const until = finishFrom(new Date(versions[0]?.created ?? 0), overlapDays);
      if (until > now) return `${name} may sign in with it until ${until.toISOString()}, from the vault ${vault.name}`;
    }
    return undefined;
  };
}

function untold(error: unknown): { untold: string } {
  if (!(error instanceof SpecError) && (!(error instanceof AzureError) || error.kind === 'stopped' || error.kind === 'sign-in'))
    throw error;
  return { untold: error.message.split('\n')[0] ?? '' };
}

function nameOf(spec: Wanted['spec'], environment: CertificateEnvironment): string | undefined {
  try {
    return wanted(spec, environment).application?.displayName;
  } catch (error) {
    if (error instanceof SpecError) return environment.appRegistration.displayName;
    throw error;
  }
}
