import type { Azure } from '../../azure/azure.ts';
import { deleteApplication } from '../../azure/deleted-applications.ts';
import { type Application, findApplications, readApplication } from '../../azure/graph.ts';
import type { VaultCertificateVersion } from '../../azure/vault-certificates.ts';
import { thumbprintOfEntry } from '../../proofs/thumbprints.ts';
import { changeKeyCredentials } from '../key-credentials.ts';
import { sharing } from '../rotate/elsewhere.ts';
import { readMark } from '../rotate/mark.ts';
import type { WantedApplication, WantedToSignIn } from '../wanted.ts';
import { notOurs, type SetupRemoval, staying } from './removal.ts';
import { logicAppsOf, type Users } from './users.ts';

export interface Around {
  readonly users: Users;
  /** Versions of the certificate in the vault; none where there is no vault. */
  readonly versions: readonly VaultCertificateVersion[] | 'hidden';
  /** Whether the certificate goes. */
  readonly isCertificateGoing: boolean;
  /** Names of Logic Apps that are deployed and sign in with it are asked for there. */
  readonly subscription: string | undefined;
}

/** The app registrations that a spec means: by its client id, else all of its name. */
export async function applicationsOf(azure: Azure, { clientId, displayName }: WantedApplication): Promise<Application[]> {
  const found = await findApplications(azure, clientId === undefined ? { displayName } : { appId: clientId });
  return Promise.all(found.map(({ id }) => readApplication(azure, id)));
}

/** Why an app registration stays; undefined where it goes. */
export async function whyItStays(
  azure: Azure,
  application: Application,
  aim: WantedToSignIn,
  around: Around,
): Promise<string | undefined> {
  if (!application.isMadeHere) return notOurs;
  const { users, subscription } = around;
  if (users.deployed !== undefined) return users.deployed;
  const shared = sharing(aim, application.appId).find(({ name }) => users.staying.some((one) => one.name === name));
  if (shared) return `the environment ${shared.name} signs in with it too; name it as well to remove it`;
  const foreign = application.keyCredentials.filter((entry) => !isOwnEntry(entry, aim, around.versions)).length;
  if (foreign > 0)
    return `somebody else signs in with it: ${foreign} of its certificates ${foreign === 1 ? 'is' : 'are'} not of this vault`;
  const { secrets, identifiers } = application.others;
  if (secrets > 0) return `somebody else signs in with it: it has ${secrets} client secret${secrets === 1 ? '' : 's'}`;
  if (identifiers[0] !== undefined) return `it is an API for others: ${identifiers[0]}`;
  const apps = subscription === undefined ? [] : await logicAppsOf(azure, subscription, application.appId);
  if (apps === undefined)
    return 'you may not look which Logic Apps sign in with it, which takes the role Reader on the subscription';
  return apps.length === 0 ? undefined : `${apps.slice(0, 3).join(', ')} sign${apps.length === 1 ? 's' : ''} in with it`;
}

/** The app registration, or the certificate on one that stays. */
export function registrationRemoval(
  azure: Azure,
  application: Application,
  aim: WantedToSignIn,
  why: string | undefined,
  { versions, isCertificateGoing, rights }: Around & { readonly rights: readonly SetupRemoval[] },
): SetupRemoval[] {
  const head = {
    what: 'app registration',
    name: `"${application.displayName}" (${application.appId})`,
    id: `application ${application.id}`,
  };
  if (why === undefined) {
    const isNamed = aim.application?.clientId !== undefined;
    return [
      {
        ...head,
        after: rights.filter(({ staysBecause }) => staysBecause === undefined).map(({ id }) => id),
        details: [
          'with its service principal, certificates and consent',
          'Entra ID keeps it as deleted for 30 days, and its unique name is taken so long',
          'back: Entra admin center, App registrations, Deleted applications',
          ...(isNamed ? [`to set up anew, take clientId out of ${aim.spec.source.fileName}`] : []),
        ],
        remove: async () => {
          await deleteApplication(azure, application);
          return undefined;
        },
      },
    ];
  }
  const going = isCertificateGoing ? application.keyCredentials.filter((entry) => isAmong(versions, entry)) : [];
  const entries = going.map(
    (entry): SetupRemoval => ({
      what: 'certificate on the app registration',
      name: `"${entry.displayName ?? ''}"`,
      id: `${head.id} ${entry.keyId}`,
      details: ['it is that of the vault, which goes', 'the others stay'],
      remove: async () => {
        await changeKeyCredentials(azure, application, { remove: [entry] });
        return undefined;
      },
    }),
  );
  return [...entries, staying(head, why)];
}

function isOwnEntry(
  entry: Application['keyCredentials'][number],
  { environment, certificate, vault }: WantedToSignIn,
  versions: Around['versions'],
): boolean {
  // Of a file on a developer's machine, and of a vault that may not be seen, the name tells that setup gives an entry.
  if ((!vault || versions === 'hidden') && entry.displayName === certificate.subject) return true;
  if (isAmong(versions, entry)) return true;
  return (
    readMark(entry.displayName, { vault: environment.vault.name, certificate: environment.certificate.name })?.kind === 'own'
  );
}

function isAmong(versions: Around['versions'], entry: Application['keyCredentials'][number]): boolean {
  return versions !== 'hidden' && versions.some(({ thumbprint }) => thumbprint === thumbprintOfEntry(entry));
}
