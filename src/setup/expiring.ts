import type { Azure } from '../azure/azure.ts';
import type { CloudName } from '../cloud/clouds.ts';
import { type SignInAim, signInAimOf } from '../proofs/aim.ts';
import { certificateLinks } from '../proofs/links/certificate.ts';
import { registrationLinks } from '../proofs/links/registration.ts';
import { tenantLink } from '../proofs/links/tenant.ts';
import { nameOf, type Proof } from '../proofs/proof.ts';
import { prove } from '../proofs/prove.ts';
import { type Sight, sharedSights } from '../proofs/sight.ts';
import { environmentsInAzure } from '../spec/developer-machine.ts';
import { hasCertificate } from '../spec/needs.ts';
import type { Spec } from '../spec/spec.ts';

export interface ExpiringOptions {
  readonly azureOf: (cloud: CloudName) => Azure;
  /** Whole days from now. */
  readonly days: number;
  readonly now?: Date;
  /** The cloud file that was named: commands that cure name it too. */
  readonly cloudFile?: string | undefined;
}

/** How the certificate of one environment of a spec stands. */
export interface CertificateLife {
  /** The file of the spec. */
  readonly spec: string;
  readonly environment: string;
  readonly vault: string;
  readonly certificate: string;
  readonly status: 'fine' | 'ends soon' | 'ended' | 'does not sign in' | 'cannot tell';
  /** ISO 8601. */
  readonly ends?: string;
  readonly daysLeft?: number;
  readonly detail?: string;
}

const day = 86_400_000;

/**
 * When the certificates of many specs end, the first to end first, and whether they sign in: what the vault hands out, on the app
 * registration, which may sign in. What several specs share is asked for once. Throws an AzureError where Azure cannot be asked at all.
 */
export async function expiring(
  specs: readonly Spec[],
  { azureOf, days, now = new Date(), cloudFile }: ExpiringOptions,
): Promise<CertificateLife[]> {
  const sightOf = sharedSights();
  const lives: CertificateLife[] = [];
  for (const spec of specs)
    for (const environment of environmentsInAzure(spec).filter(hasCertificate))
      lives.push(
        await lifeOf(sightOf(azureOf(environment.cloud)), signInAimOf(spec, environment, { cloudFile }), {
          spec: spec.source.file,
          environment: environment.name,
          days,
          now,
        }),
      );
  return lives.sort((a, b) => (a.daysLeft ?? -Infinity) - (b.daysLeft ?? -Infinity));
}

interface Asked extends Pick<CertificateLife, 'spec' | 'environment'> {
  readonly days: number;
  readonly now: Date;
}

async function lifeOf(sight: Sight, aim: SignInAim, { spec, environment, days, now }: Asked): Promise<CertificateLife> {
  const { vault, certificate } = aim;
  const life = { spec, environment, vault: vault.name, certificate: certificate.name };
  const proofs = await prove([
    ...certificateLinks(sight, aim),
    ...(aim.requests.length === 0 || aim.clientId === undefined
      ? []
      : [tenantLink(sight, aim.tenant), ...registrationLinks(sight, aim)]),
  ]);
  const seen = proofs.find(({ link, result }) => link === 'certificate' && result !== 'cannot tell');
  const found = seen && (await sight.certificate(vault.name, certificate.name, certificate.version));
  const daysLeft = found && Math.floor((found.expires - now.getTime()) / day);
  const time = found && { ends: new Date(found.expires).toISOString(), daysLeft: daysLeft ?? 0 };
  if (daysLeft !== undefined && daysLeft < 0) return { ...life, ...time, status: 'ended' };
  // What the vault will do one day is told as well, and keeps nobody from signing in today.
  const told = (result: Proof['result']) => proofs.find((proof) => proof.result === result && proof.link !== 'renewal');
  const broken = told('wrong') ?? told('cannot tell');
  if (broken)
    return {
      ...life,
      ...time,
      status: broken.result === 'wrong' ? 'does not sign in' : 'cannot tell',
      detail: [`${nameOf(broken)}: ${broken.found}`, broken.cure, broken.command].filter(Boolean).join('\n'),
    };
  return { ...life, ...time, status: (daysLeft ?? 0) <= days ? 'ends soon' : 'fine' };
}
