import type { Azure } from '../../azure/azure.ts';
import { updateApplication } from '../../azure/graph.ts';
import { untilSignedIn } from '../../azure/try-sign-in.ts';
import { readPfxFromVault } from '../../azure/vault-certificates.ts';
import { privateKeyToPem, readPfx } from '../../certificate/index.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { thumbprintOf } from '../key-credentials.ts';
import { date, notConfirmed, placeOf, type RotateOptions, type RotateResult } from './place.ts';
import { defaultOverlap, finishFrom, oldEntries, rotationOf } from './rotation.ts';

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
