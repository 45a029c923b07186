import type { Azure } from '../../azure/azure.ts';
import { untilSignedIn } from '../../azure/try-sign-in.ts';
import { findCertificate, importCertificate, listVersions, type VaultForm } from '../../azure/vault-certificates.ts';
import type { KeyAndCertificate } from '../../certificate/certificate.ts';
import { createCertificate, privateKeyToPem } from '../../certificate/index.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../proofs/thumbprints.ts';
import type { Spec } from '../../spec/spec.ts';
import { changeKeyCredentials, keyCredential } from '../key-credentials.ts';
import { pfxOf } from '../steps/certificate-step.ts';
import type { Wanted } from '../wanted.ts';
import { rotationMark } from './mark.ts';
import { atPlace, noCertificate, type Place } from './place.ts';
import { type RotateOptions, type RotateResult, staying, withFate } from './result.ts';
import { finishFrom, isSideBySide } from './rotation.ts';

/** What events are about. */
const certificate = 'the new certificate';

/**
 * Puts a new certificate beside the old one without an outage, and takes none away. The order is what makes it safe to be broken off
 * anywhere: the app registration knows the new one, and Entra ID has taken it, before the vault hands it out. Its key is in memory
 * only, until it is in the vault. Throws a RefusedError where there is nothing to rotate, an AzureError where Azure cannot be asked or
 * refuses.
 */
export async function rotateOn(azure: Azure, spec: Spec, options: RotateOptions): Promise<RotateResult> {
  return atPlace(azure, spec, options, 'write', async (place) => {
    const { application, versions, old, overlapDays } = place;
    const [newest] = versions;
    if (!application.keyCredentials.some((entry) => thumbprintOfEntry(entry) === newest.thumbprint)) return adopt(azure, place);
    if (!isSideBySide(old)) return addNew(azure, place, options);
    const since = new Date(newest.created);
    const from = finishFrom(since, overlapDays);
    return {
      outcome: 'side by side',
      message: `A new certificate is there since ${since.toISOString()}, beside the old one. From ${from.toISOString()} on, "certflow cert rotate --finish" removes the old one.`,
      finishFrom: from.toISOString(),
      thumbprint: newest.thumbprint,
    };
  });
}

async function addNew(
  azure: Azure,
  place: Place,
  { certificate: given, onSecret = () => {} }: RotateOptions,
): Promise<RotateResult> {
  const { scene, application, old, aim, pair, tenant, within, overlapDays } = place;
  const stays = withFate(old, 'stays');
  const what = [
    `A new certificate is put on the app registration "${application.displayName}" beside the ${application.keyCredentials.length} there, tried, and put into the vault ${pair.vault} as the newest version of ${pair.certificate}.`,
    'The old one keeps working, and none goes. A right on the vault that you lack, you get for as long as this takes.',
  ].join('\n');
  const result = await place.ask(what, { goes: [], stays });
  if (result) return result;
  await refuseIfMeanwhile(azure, place);

  const made = given ?? (await createCertificate({ subject: aim.certificate.subject }));
  const pem = privateKeyToPem(made.privateKey, undefined) + made.certificate.toString();
  const vaultForm = pfxOf(made);
  for (const secret of [pem, vaultForm.pfx.toString('base64')]) onSecret(secret);

  const entry = keyCredential(made.certificate.raw, rotationMark(pair, new Date()));
  const signsIn = { tenantId: tenant, clientId: application.appId, pem };
  await putOn(azure, place, entry);
  scene.tell(certificate, 'on the app registration; waiting until Entra ID takes it');
  await untilSignedIn(azure, signsIn);
  // The wait may have been long, and whoever writes the whole list from an old reading takes the new one away.
  if (await putOn(azure, place, entry)) await untilSignedIn(azure, signsIn);
  scene.tell(certificate, 'signs in; on its way into the vault');
  await within(() => importOnce(azure, aim, made, vaultForm));
  if (await putOn(azure, place, entry)) scene.tell(certificate, 'was taken off the app registration by somebody; put back');
  const from = finishFrom(new Date(), overlapDays);
  return {
    outcome: 'rotated',
    message: `The vault ${aim.vault.name} hands out the new certificate, and it signs in. The old one works until it is removed: from ${from.toISOString()} on, "certflow cert rotate --finish".${pinned(aim)}${staying(stays)}`,
    thumbprint: thumbprintOf(made.certificate.raw),
    finishFrom: from.toISOString(),
    ...(stays.length > 0 ? { stays } : {}),
  };
}

/** Whether it was not there. */
async function putOn(azure: Azure, { scene, application }: Place, entry: ReturnType<typeof keyCredential>): Promise<boolean> {
  const { isChanged, putBack } = await changeKeyCredentials(azure, application, { add: [entry] });
  if (putBack.length > 0)
    scene.tell('the app registration', `somebody else wrote it at the same time; put back: ${putBack.length}`);
  return isChanged;
}

/** Another rotation that got as far as the vault while somebody thought about the question. */
async function refuseIfMeanwhile(azure: Azure, { pair, versions, within }: Place) {
  const [newest] = await within(() => listVersions(azure, pair.vault, pair.certificate));
  if (newest?.version === versions[0].version) return;
  throw new RefusedError(
    `The vault ${pair.vault} has got another version of ${pair.certificate} meanwhile: another rotation, or somebody by hand. Nothing was changed; run the same command again to see how it is.`,
  );
}

/** The vault hands out what the app registration does not know, as after somebody made a version by hand: it is put there. */
async function adopt(azure: Azure, place: Place): Promise<RotateResult> {
  const { scene, aim, application, within } = place;
  const what = `The vault ${aim.vault.name} hands out a certificate that the app registration "${application.displayName}" does not know, so that nobody signs in with it. It is put there, beside the others; none goes.`;
  const result = await place.ask(what, { goes: [] });
  if (result) return result;
  const found = await within(() => findCertificate(azure, aim.vault.name, aim.certificate.name));
  if (!found) throw new RefusedError(noCertificate(aim));
  await putOn(azure, place, keyCredential(found.der, aim.certificate.subject));
  scene.tell(certificate, 'on the app registration; it takes Entra ID some minutes to know it everywhere');
  return {
    outcome: 'rotated',
    message: 'The app registration knows the certificate of the vault now.',
    thumbprint: found.thumbprint,
  };
}

/** Whether an answer was lost or not: a certificate that is there already is not imported again. */
async function importOnce(azure: Azure, aim: Wanted, made: KeyAndCertificate, form: VaultForm) {
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
