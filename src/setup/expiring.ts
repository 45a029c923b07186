import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { findApplications, readApplication } from '../azure/graph.ts';
import { isForbidden } from '../azure/needing.ts';
import { findCertificate } from '../azure/vault-certificates.ts';
import type { CloudName } from '../cloud/clouds.ts';
import { thumbprintOfEntry } from '../proofs/thumbprints.ts';
import { environmentsInAzure } from '../spec/developer-machine.ts';
import type { Environment, Spec } from '../spec/spec.ts';

export interface ExpiringOptions {
  readonly azureOf: (cloud: CloudName) => Azure;
  /** Whole days from now. */
  readonly days: number;
  readonly now?: Date;
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
 * When the certificates of many specs end, the first to end first: what the vault hands out, and whether the app registration knows it.
 * What several specs share is asked for once. Throws an AzureError where Azure cannot be asked at all.
 */
export async function expiring(
  specs: readonly Spec[],
  { azureOf, days, now = new Date() }: ExpiringOptions,
): Promise<CertificateLife[]> {
  const known = new Map<string, Promise<unknown>>();
  const once = <Result>(key: readonly string[], ask: () => Promise<Result>): Promise<Result> => {
    const name = JSON.stringify(key);
    const asked = (known.get(name) as Promise<Result> | undefined) ?? ask();
    known.set(name, asked);
    return asked;
  };
  const lives: CertificateLife[] = [];
  for (const spec of specs)
    for (const environment of environmentsInAzure(spec))
      lives.push(await lifeOf(spec, environment, { azureOf, once, days, now }));
  return lives.sort((a, b) => (a.daysLeft ?? -Infinity) - (b.daysLeft ?? -Infinity));
}

interface Asking {
  readonly azureOf: (cloud: CloudName) => Azure;
  readonly once: <Result>(key: readonly string[], ask: () => Promise<Result>) => Promise<Result>;
  readonly days: number;
  readonly now: Date;
}

async function lifeOf(
  spec: Spec,
  { name, cloud, vault, certificate, appRegistration }: Environment,
  asking: Asking,
): Promise<CertificateLife> {
  const { azureOf, once, days, now } = asking;
  const life = { spec: spec.source.file, environment: name, vault: vault.name, certificate: certificate.name };
  const azure = azureOf(cloud);
  try {
    const found = await once([cloud, vault.name, certificate.name], () => findCertificate(azure, vault.name, certificate.name));
    if (!found) return { ...life, status: 'does not sign in', detail: 'the vault has no such certificate' };
    const daysLeft = Math.floor((found.expires - now.getTime()) / day);
    const ends = new Date(found.expires).toISOString();
    const { clientId } = appRegistration;
    const thumbprints = clientId === undefined ? undefined : await once([cloud, clientId], () => registered(azure, clientId));
    if (thumbprints && !thumbprints.includes(found.thumbprint))
      return { ...life, status: 'does not sign in', ends, daysLeft, detail: `the app registration ${clientId} does not have it` };
    return { ...life, status: daysLeft < 0 ? 'ended' : daysLeft <= days ? 'ends soon' : 'fine', ends, daysLeft };
  } catch (error) {
    // One vault that cannot be seen, or that is gone, does not hide the others.
    if (!(error instanceof AzureError) || (error.kind !== 'unreachable' && !isForbidden(error))) throw error;
    return { ...life, status: 'cannot tell', detail: error.message };
  }
}

/** Thumbprints of the certificates on an app registration; none where there is none. */
async function registered(azure: Azure, clientId: string): Promise<string[]> {
  const [found] = await findApplications(azure, { appId: clientId });
  return found ? (await readApplication(azure, found.id)).keyCredentials.map(thumbprintOfEntry) : [];
}
