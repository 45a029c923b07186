import type { Azure } from '../../azure/azure.ts';
import { untilSignedIn } from '../../azure/try-sign-in.ts';
import { readPfxFromVault } from '../../azure/vault-certificates.ts';
import { privateKeyToPem, readPfx } from '../../certificate/index.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../proofs/thumbprints.ts';
import type { Spec } from '../../spec/spec.ts';
import { changeKeyCredentials } from '../key-credentials.ts';
import { atPlace, type Place } from './place.ts';
import { certificateLines, type RotateOptions, type RotateResult, staying, withFate } from './result.ts';
import { finishFrom, isSideBySide } from './rotation.ts';

/**
 * Removes the old certificate from the app registration, once what the vault hands out is seen to sign in and the days of overlap are
 * over. Versions in the vault stay. Throws as `rotate` does.
 */
export async function finishOn(azure: Azure, spec: Spec, options: RotateOptions): Promise<RotateResult> {
  return atPlace(azure, spec, options, 'read', async (place) => {
    const { application, aim, old } = place;
    const [{ thumbprint }] = place.versions;
    if (!application.keyCredentials.some((entry) => thumbprintOfEntry(entry) === thumbprint))
      throw new RefusedError(
        `The certificate that the vault ${aim.vault.name} hands out is not on the app registration "${application.displayName}": run "certflow cert rotate" first. Nothing was removed.`,
      );
    const goes = withFate(old, 'goes');
    const stays = withFate(old, 'stays');
    if (goes.length === 0)
      return {
        outcome: 'nothing to finish',
        message: `There is no old certificate on the app registration that goes.${staying(stays)}`,
        thumbprint,
        ...(stays.length > 0 ? { stays } : {}),
      };
    const wait = notYet(place);
    const isOne = goes.length === 1;
    const what = [
      `From the app registration "${application.displayName}", after that of the vault has signed in, ${isOne ? 'one old certificate goes' : `${goes.length} old certificates go`}:`,
      ...certificateLines(goes),
      'A right on the vault that you lack, you get for as long as this takes.',
    ].join('\n');
    if (wait && options.confirm)
      throw new RefusedError(`${wait}\nNothing was removed. By a finish these would go:\n${certificateLines(goes).join('\n')}`);
    const result = await place.ask(`${what}${staying(stays)}${wait === undefined ? '' : `\nNot yet: ${wait}`}`, { goes, stays });
    if (result) return result;

    await trySignIn(azure, place, options);
    const removing = old.filter(({ fate }) => fate === 'goes').map(({ entry }) => entry);
    const { putBack } = await changeKeyCredentials(azure, application, { remove: removing });
    if (putBack.length > 0)
      place.scene.tell('the app registration', `somebody else wrote it at the same time; put back: ${putBack.length}`);
    return {
      outcome: 'finished',
      message: `The certificate of the vault signs in, and ${isOne ? 'the old one was' : 'the old ones were'} removed from the app registration.${staying(stays)}`,
      thumbprint,
      removed: goes.map((one) => one.thumbprint),
      ...(stays.length > 0 ? { stays } : {}),
    };
  });
}

/** Why it is too early. */
function notYet({ aim, versions: [newest], old, overlapDays, now }: Place): string | undefined {
  const since = new Date(newest.created);
  const from = finishFrom(since, overlapDays);
  if (isSideBySide(old) && from > now)
    return `The new certificate is there since ${since.toISOString()}, and the old one stays for ${overlapDays} days, until ${from.toISOString()}: some apps read the vault once a day. --overlap 0 removes it now.`;
  const { version } = aim.environment.certificate;
  if (version !== undefined && version !== newest.version)
    return `${aim.spec.source.fileName} pins the version ${version} of the certificate, and the newest is ${newest.version}: write that one, deploy, and run this again.`;
  return undefined;
}

/** Signs in with what the vault hands out, as a workflow does. */
async function trySignIn(
  azure: Azure,
  { aim, pair, tenant, application, versions: [newest], within }: Place,
  { onSecret = () => {} }: RotateOptions,
) {
  const pfx = await within(() => readPfxFromVault(azure, aim.vault.name, pair.certificate));
  onSecret(pfx.toString('base64'));
  const served = readPfx(pfx);
  const pem = privateKeyToPem(served.privateKey, undefined) + served.certificate.toString();
  onSecret(pem);
  if (thumbprintOf(served.certificate.raw) !== newest.thumbprint)
    throw new RefusedError('The vault has just got another certificate. Nothing was removed; run the same command again.');
  await untilSignedIn(azure, { tenantId: tenant, clientId: application.appId, pem });
}
