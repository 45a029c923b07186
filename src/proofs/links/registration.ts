import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import type { VaultCertificate } from '../../azure/vault-certificates.ts';
import { readCertificate } from '../../certificate/index.ts';
import { certflow, commandOf } from '../../next/command-line.ts';
import type { SignInAim } from '../aim.ts';
import { type Finding, type Link, ok, unknown, wrong } from '../proof.ts';
import type { Sight } from '../sight.ts';
import { thumbprintOfEntry } from '../thumbprints.ts';
import { day, thumbprint } from './certificate.ts';

/** The app registration, the certificate of the vault on it, and who it is in its tenant. */
export function registrationLinks(sight: Sight, aim: Omit<SignInAim, 'permissions'>): Link[] {
  const { tenant, clientId, line } = aim;
  const setUp = certflow(line, 'setup', '--only', 'entra');
  return [
    {
      link: 'app registration',
      known: `Microsoft Graph was asked for the application ${clientId ?? ''}`.trimEnd(),
      needs: ['tenant'],
      look: async () => {
        if (clientId === undefined) return wrong('the spec has no client id yet', 'Have the app registration made.', setUp);
        const found = await sight.application(tenant, clientId);
        if (found) return ok(`${found.displayName}, client id ${found.appId}`);
        if (await sight.principal(tenant, clientId))
          return unknown(
            'it is registered in another tenant, which shows its certificates',
            'Look there: sign in with --tenant.',
          );
        return wrong(
          `the tenant has no app registration ${clientId}`,
          'Mend appRegistration.clientId in the spec; or remove it, and have a registration made.',
          setUp,
        );
      },
    },
    {
      link: 'registered certificate',
      known: 'Microsoft Graph shows the certificates of the app registration, Key Vault the thumbprint',
      needs: ['app registration', 'certificate'],
      look: () => registered(sight, aim, setUp),
    },
    {
      link: 'service principal',
      known: 'Microsoft Graph was asked who the application is in the tenant',
      needs: ['tenant'],
      after: ['app registration'],
      look: async () => {
        const found = clientId === undefined ? undefined : await sight.principal(tenant, clientId);
        if (!found) return wrong('the app registration has none in the tenant', 'Have it made.', setUp);
        if (found.isEnabled) return ok('it is there, and may sign in');
        return wrong(
          'it is disabled: it may not sign in',
          'Enable it (Entra admin center, Enterprise applications, Properties).',
          commandOf('az', 'ad', 'sp', 'update', '--id', found.appId, '--set', 'accountEnabled=true'),
        );
      },
    },
  ];
}

async function registered(
  sight: Sight,
  { tenant, clientId = '', vault, certificate, line }: Omit<SignInAim, 'permissions'>,
  setUp: string,
): Promise<Finding> {
  const found = (await sight.certificate(vault.name, certificate.name, certificate.version)) as VaultCertificate;
  const entries = (await sight.application(tenant, clientId))?.keyCredentials ?? [];
  const same = entries.filter((one) => thumbprintOfEntry(one) === found.thumbprint);
  // It may be there more than once: one that holds is enough.
  const entry = same.find(isInDate) ?? same[0];
  if (!entry)
    return wrong(
      `the certificate of the vault (${thumbprint(found.thumbprint)}) is not on the app registration, which has ${entries.length === 0 ? 'none' : `${entries.length} other${entries.length === 1 ? '' : 's'}`}`,
      'Have it put there, beside the others.',
      setUp,
    );
  const [begin, end] = [entry.startDateTime, entry.endDateTime].map((time) => (time ? new Date(time) : undefined));
  const rotate = certflow(line, 'cert rotate');
  // Entries may end before their certificates do.
  if (end && end.getTime() < Date.now())
    return wrong(`it ended there on ${day(end)}, before the certificate itself`, 'Put a new one there.', rotate);
  if (begin && begin.getTime() > Date.now())
    return wrong(`there it holds from ${day(begin)} on only`, 'Put a new one there.', rotate);
  return ok(
    `it is on the app registration until ${day(end ?? readCertificate(found.der, 'The certificate in the vault').validToDate)}`,
  );
}

function isInDate({ startDateTime, endDateTime }: KeyCredential): boolean {
  const [begin, end] = [startDateTime, endDateTime].map((time) => (time ? new Date(time).getTime() : undefined));
  return (begin === undefined || begin <= Date.now()) && (end === undefined || end >= Date.now());
}
