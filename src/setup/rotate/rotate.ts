import type { Azure } from '../../azure/azure.ts';
import { updateApplication } from '../../azure/graph.ts';
import { untilSignedIn } from '../../azure/try-sign-in.ts';
import { findCertificate, importCertificate } from '../../azure/vault-certificates.ts';
import type { KeyAndCertificate } from '../../certificate/certificate.ts';
import { createCertificate, privateKeyToPem } from '../../certificate/index.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { keyCredential, thumbprintOf } from '../key-credentials.ts';
import { pfxOf } from '../steps/certificate-step.ts';
import type { Wanted } from '../wanted.ts';
import { date, noCertificate, notConfirmed, type Place, placeOf, type RotateOptions, type RotateResult } from './place.ts';
import { defaultOverlap, finishFrom, oldEntries, rotationMark, rotationOf } from './rotation.ts';

/** What events are about. */
const certificate = 'the new certificate';

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

function pinned({ environment, spec }: Wanted): string {
  const { version } = environment.certificate;
  return version === undefined
    ? ''
    : ` ${spec.source.fileName} pins the version ${version}: write the new one there, and deploy.`;
}
