import type { Azure } from '../azure/azure.ts';
import { type Application, updateApplication } from '../azure/graph.ts';
import { type SignedIn, whoIsSignedIn } from '../azure/signed-in.ts';
import { untilSignedIn } from '../azure/try-sign-in.ts';
import {
  findCertificate,
  importCertificate,
  listVersions,
  readPfxFromVault,
  type VaultCertificateVersion,
} from '../azure/vault-certificates.ts';
import type { Vault } from '../azure/vaults.ts';
import type { KeyAndCertificate } from '../certificate/certificate.ts';
import { createCertificate, privateKeyToPem, readPfx } from '../certificate/index.ts';
import type { Progress } from '../deploy/progress.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import { chooseEnvironment } from '../spec/choose-environment.ts';
import type { Spec } from '../spec/spec.ts';
import { keyCredential, thumbprintOf } from './key-credentials.ts';
import { defaultOverlap, finishFrom, oldEntries, rotationMark, rotationOf } from './rotation.ts';
import { Scene } from './scene.ts';
import { pfxOf } from './steps/certificate-step.ts';
import { type VaultUse, withVaultRight } from './vault-right.ts';
import { type Wanted, type WantedApplication, wanted } from './wanted.ts';

export interface RotateOptions {
  /** Name of the environment. Needed where the spec has more than one. */
  readonly environment?: string;
  /** The new key and certificate; without it they are made here, in memory. */
  readonly certificate?: KeyAndCertificate;
  /** Days that the old one stays. Default: 7. */
  readonly overlapDays?: number;
  /** Asked before anything is changed. `what` is a sentence. */
  readonly confirm: (what: string) => boolean | Promise<boolean>;
  /** Told of what comes about. */
  readonly progress?: Progress;
  /** Told of every text that holds a private key, so that nothing prints it. */
  readonly onSecret?: (secret: string) => void;
}

export interface RotateResult {
  readonly outcome: 'rotated' | 'finished' | 'side by side' | 'nothing to finish' | 'not confirmed';
  /** For people, in a sentence or two. */
  readonly message: string;
  /** SHA-1 thumbprint of the certificate that the vault hands out now, base64url. */
  readonly thumbprint?: string;
  /** From when on the old one may be removed; ISO 8601. */
  readonly finishFrom?: string;
  /** Thumbprints that were removed from the app registration. */
  readonly removed?: readonly string[];
}

interface Place {
  readonly scene: Scene;
  readonly aim: Wanted;
  readonly application: Application;
  readonly tenant: string;
  readonly within: <Result>(use: VaultUse, act: () => Promise<Result>) => Promise<Result>;
  readonly versions: readonly VaultCertificateVersion[];
}

/**
 * Puts a new certificate beside the old one without an outage. The order is what makes it safe to be broken off anywhere: the app
 * registration knows the new one, and Entra ID has taken it, before the vault hands it out. Its key is in memory only, until it is in
 * the vault. Throws a RefusedError where there is nothing to rotate, an AzureError where Azure cannot be asked or refuses.
 */
export async function rotateOn(azure: Azure, spec: Spec, options: RotateOptions): Promise<RotateResult> {
  const { onSecret = () => {}, overlapDays = defaultOverlap } = options;
  const place = await placeOf(azure, spec, options);
  const { scene, application, versions, aim, tenant, within } = place;
  const { name } = aim.certificate;
  const rotation = rotationOf(application, versions, name);
  if (rotation.kind === 'side by side') {
    const from = finishFrom(rotation.since, overlapDays);
    return {
      outcome: 'side by side',
      message: `A new certificate is there since ${date(rotation.since)}, beside the old one. From ${date(from)} on, "certflow cert rotate --finish" removes the old one.`,
      finishFrom: from.toISOString(),
      ...(versions[0] && { thumbprint: versions[0].thumbprint }),
    };
  }
  if (rotation.kind === 'unknown to the registration') return adopt(azure, place, options);

  const what = `A new certificate is put on the app registration "${application.displayName}" beside the ${application.keyCredentials.length} there, tried, and put into the vault ${aim.vault.name} as the newest version of ${name}. The old one keeps working.`;
  if (!(await options.confirm(what))) return notConfirmed;
  const made = options.certificate ?? (await createCertificate({ subject: aim.certificate.subject }));
  const pem = privateKeyToPem(made.privateKey, undefined) + made.certificate.toString();
  const vaultForm = pfxOf(made);
  for (const secret of [pem, vaultForm.pfx.toString('base64')]) onSecret(secret);

  // What a broken-off run left has no key any more: the new one takes its place.
  const left = new Set(oldEntries(application, versions, name).map(({ entry }) => entry));
  const keyCredentials = [
    ...application.keyCredentials.filter((entry) => !left.has(entry)),
    keyCredential(made.certificate.raw, rotationMark(name)),
  ];
  await updateApplication(azure, application, { keyCredentials });
  scene.tell(certificate, 'on the app registration; waiting until Entra ID takes it');
  await untilSignedIn(azure, { tenantId: tenant, clientId: application.appId, pem });
  scene.tell(certificate, 'signs in; on its way into the vault');
  await within('write', () => importOnce(azure, aim, made, vaultForm));
  const from = finishFrom(new Date(), overlapDays);
  return {
    outcome: 'rotated',
    message: `The vault ${aim.vault.name} hands out the new certificate, and it signs in. The old one works until it is removed: from ${date(from)} on, "certflow cert rotate --finish".${pinned(aim)}`,
    thumbprint: thumbprintOf(made.certificate.raw),
    finishFrom: from.toISOString(),
  };
}

/**
 * Removes the old certificate from the app registration, once what the vault hands out is seen to sign in and the days of overlap are
 * over. Versions in the vault stay. Throws as `rotate` does.
 */
export async function finishOn(azure: Azure, spec: Spec, options: RotateOptions): Promise<RotateResult> {
  const { onSecret = () => {}, overlapDays = defaultOverlap } = options;
  const { application, versions, aim, tenant, within } = await placeOf(azure, spec, options);
  const { name } = aim.certificate;
  const rotation = rotationOf(application, versions, name);
  const [newest] = versions;
  if (!newest || rotation.kind === 'unknown to the registration')
    throw new RefusedError(
      `The certificate that the vault ${aim.vault.name} hands out is not on the app registration "${application.displayName}": run "certflow cert rotate" first. Nothing was removed.`,
    );
  const old = oldEntries(application, versions, name);
  if (old.length === 0)
    return {
      outcome: 'nothing to finish',
      message: 'There is no old certificate on the app registration.',
      thumbprint: newest.thumbprint,
    };
  const from = finishFrom(new Date(newest.created), overlapDays);
  if (rotation.kind === 'side by side' && from.getTime() > Date.now())
    throw new RefusedError(
      `The new certificate is there since ${date(new Date(newest.created))}, and the old one stays for ${overlapDays} days, until ${date(from)}: some apps read the vault once a day. --overlap 0 removes it now.`,
    );
  const { version } = aim.environment.certificate;
  if (version !== undefined && version !== newest.version)
    throw new RefusedError(
      `${aim.spec.source.fileName} pins the version ${version} of the certificate, and the newest is ${newest.version}: write that one, deploy, and run this again. Nothing was removed.`,
    );
  const removed = old.map(({ entry, thumbprint }) => thumbprint ?? entry.displayName ?? '');
  const what = `${old.length === 1 ? 'One old certificate is' : `${old.length} old certificates are`} removed from the app registration "${application.displayName}", after that of the vault has signed in.`;
  if (!(await options.confirm(what))) return notConfirmed;

  const pfx = await within('read', () => readPfxFromVault(azure, aim.vault.name, name));
  onSecret(pfx.toString('base64'));
  const served = readPfx(pfx);
  const pem = privateKeyToPem(served.privateKey, undefined) + served.certificate.toString();
  onSecret(pem);
  if (thumbprintOf(served.certificate.raw) !== newest.thumbprint)
    throw new RefusedError('The vault has just got another certificate. Nothing was removed; run the same command again.');
  await untilSignedIn(azure, { tenantId: tenant, clientId: application.appId, pem });

  const gone = new Set(old.map(({ entry }) => entry));
  await updateApplication(azure, application, {
    keyCredentials: application.keyCredentials.filter((entry) => !gone.has(entry)),
  });
  return {
    outcome: 'finished',
    message: `The certificate of the vault signs in, and ${removed.length === 1 ? 'the old one was' : 'the old ones were'} removed from the app registration.`,
    thumbprint: newest.thumbprint,
    removed,
  };
}

/** The vault hands out what the app registration does not know, as after somebody made a version by hand: it is put there. */
async function adopt(
  azure: Azure,
  { scene, aim, application, within }: Place,
  { confirm }: RotateOptions,
): Promise<RotateResult> {
  const what = `The vault ${aim.vault.name} hands out a certificate that the app registration "${application.displayName}" does not know, so that nobody signs in with it. It is put there, beside the others.`;
  if (!(await confirm(what))) return notConfirmed;
  const found = await within('write', () => findCertificate(azure, aim.vault.name, aim.certificate.name));
  if (!found) throw new RefusedError(noCertificate(aim));
  await updateApplication(azure, application, {
    keyCredentials: [...application.keyCredentials, keyCredential(found.der, aim.certificate.subject)],
  });
  scene.tell(certificate, 'on the app registration; it takes Entra ID some minutes to know it everywhere');
  return {
    outcome: 'rotated',
    message: 'The app registration knows the certificate of the vault now.',
    thumbprint: found.thumbprint,
  };
}

/** Whether an answer was lost or not: a certificate that is there already is not imported again. */
async function importOnce(azure: Azure, aim: Wanted, made: KeyAndCertificate, form: { pfx: Buffer; policy: object }) {
  const there = await findCertificate(azure, aim.vault.name, aim.certificate.name);
  if (there?.der.equals(made.certificate.raw)) return there;
  return importCertificate(azure, aim.vault.name, aim.certificate.name, form);
}

async function placeOf(
  azure: Azure,
  spec: Spec,
  { environment, certificate: given, progress = () => {} }: RotateOptions,
): Promise<Place> {
  const chosen = chooseEnvironment(spec, environment);
  const aim = wanted(spec, chosen);
  const tell = (about: string, state: string) => progress({ spec: spec.name, environment: chosen.name, about, state });
  const me: SignedIn = await whoIsSignedIn(azure);
  const scene = new Scene({ azure, wanted: aim, me, given, tell, onClientId: () => {} });
  const target: WantedApplication | undefined = aim.application;
  if (!target)
    throw new RefusedError(
      `No request of ${spec.source.fileName} signs in to Entra ID: there is no app registration to rotate on.`,
    );
  const vault: Vault | undefined = await scene.vault();
  const application = await scene.application();
  if (!vault || !application)
    throw new RefusedError(
      `${vault ? `The app registration "${target.displayName}"` : `The vault ${aim.vault.name}`} is not there: run "certflow setup" first.`,
    );
  const within: Place['within'] = (use, act) => withVaultRight({ azure, vault, place: aim.vault, me, tell }, use, act);
  const versions = await within('write', () => listVersions(azure, aim.vault.name, aim.certificate.name));
  if (versions.length === 0) throw new RefusedError(noCertificate(aim));
  return { scene, aim, application, tenant: target.tenant, within, versions };
}

/** What events are about. */
const certificate = 'the new certificate';

const notConfirmed: RotateResult = { outcome: 'not confirmed', message: 'Nothing was changed.' };

function noCertificate({ vault, certificate }: Wanted): string {
  return `The vault ${vault.name} has no certificate ${certificate.name}: run "certflow setup" first.`;
}

function pinned({ environment, spec }: Wanted): string {
  const { version } = environment.certificate;
  return version === undefined
    ? ''
    : ` ${spec.source.fileName} pins the version ${version}: write the new one there, and deploy.`;
}

function date(when: Date): string {
  return when.toISOString().slice(0, 10);
}
