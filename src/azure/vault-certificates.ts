import { isMarked, markTags } from '../cloud/marks.ts';
import { vaultService } from '../cloud/profile.ts';
import { rights } from '../cloud/rights.ts';
import { textOf } from '../json/json.ts';
import { member } from '../json/member.ts';
import { ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { makeOnce } from './make-once.ts';
import { itemsIn, listPages } from './pages.ts';
import { callService, tellService } from './rest.ts';
import { waitFor } from './wait.ts';

/** Certificates in a vault, by Key Vault's data plane. Shapes: Key Vault's OpenAPI; docs/facts/key-vault.md#the-data-plane. */
const apiVersion = 'api-version=2025-07-01';

export interface VaultCertificateVersion {
  readonly version: string;
  /** SHA-1 of the certificate, base64url, as the vault gives it. */
  readonly thumbprint: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly isEnabled: boolean;
  /** Whether certflow put it there. */
  readonly isMadeHere: boolean;
}

/** A version of a certificate, without its key. */
export interface VaultCertificate extends VaultCertificateVersion {
  readonly der: Buffer;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** From when it holds. */
  readonly begins: number;
  /** Whether its secret is a PFX with the key in it. */
  readonly isReadableAsPfx: boolean;
  /** Whether the vault makes a new version before it ends. */
  readonly renewsItself: boolean;
}

interface Bundle {
  id?: string;
  cer?: string;
  x5t?: string;
  attributes?: { enabled?: boolean; created?: number; nbf?: number; exp?: number };
  tags?: Readonly<Record<string, string>>;
  policy?: {
    key_props?: { exportable?: boolean };
    secret_props?: { contentType?: string };
    lifetime_actions?: { action?: { action_type?: unknown } }[];
  };
}

/** A version of a certificate, by default the newest, or undefined where there is none. */
export async function findCertificate(
  azure: Azure,
  vault: string,
  name: string,
  version = '',
): Promise<VaultCertificate | undefined> {
  const call = {
    tried: `reading the certificate ${name} in the vault ${vault}`,
    right: rights.readCertificates,
    path: `/certificates/${name}/${version}?${apiVersion}`,
  };
  // While the first version is being made there is a bundle without a certificate.
  const read = (bundle: Bundle) => (bundle.cer ? toCertificate(bundle) : undefined);
  return ifThere(callService(azure, vaultService(azure.profile, vault), call, read));
}

/** Whether a certificate of that name was deleted and can be recovered: then no new one can have it. Undefined where that cannot be told. */
export async function isDeleted(azure: Azure, vault: string, name: string): Promise<boolean | undefined> {
  try {
    const call = {
      tried: `looking for a deleted certificate ${name} in the vault ${vault}`,
      right: rights.manageCertificates,
      path: `/deletedcertificates/${name}?${apiVersion}`,
    };
    return (await ifThere(callService(azure, vaultService(azure.profile, vault), call, () => true))) === true;
  } catch (error) {
    if (error instanceof AzureError && error.status === 403) return undefined;
    throw error;
  }
}

/** Whether the vault has a secret of a name, whatever keeps it. Its value is not asked for. */
export async function hasSecret(azure: Azure, vault: string, name: string): Promise<boolean> {
  const call = {
    tried: `looking for the secret ${name} in the vault ${vault}`,
    right: rights.readCertificates,
    path: `/secrets/${name}/versions?${apiVersion}&maxresults=1`,
  };
  const read = ({ value }: { readonly value?: unknown }) => itemsIn(value).length > 0;
  return (await ifThere(callService(azure, vaultService(azure.profile, vault), call, read))) === true;
}

/** A certificate as a vault imports it. */
export interface VaultForm {
  /** Without password. */
  readonly pfx: Buffer;
  /** Of Key Vault's `CertificatePolicy`. */
  readonly policy: object;
  /** The certificate alone. */
  readonly der: Buffer;
}

/** Puts a certificate with its key into the vault as the newest version, once. */
export async function importCertificate(
  azure: Azure,
  vault: string,
  name: string,
  { pfx, policy, der }: VaultForm,
): Promise<VaultCertificate> {
  const call = {
    tried: `importing the certificate ${name} into the vault ${vault}`,
    right: rights.manageCertificates,
    method: 'POST',
    path: `/certificates/${name}/import?${apiVersion}`,
    body: { value: pfx.toString('base64'), policy, attributes: { enabled: true }, tags: markTags },
  } as const;
  return makeOnce(azure, {
    make: () => callService(azure, vaultService(azure.profile, vault), call, toCertificate),
    find: async () => {
      const found = await findCertificate(azure, vault, name);
      return found?.der.equals(der) ? found : undefined;
    },
  });
}

/** Changes parts of a certificate's policy; the certificate stays as it is. */
export async function updatePolicy(azure: Azure, vault: string, name: string, changes: object): Promise<void> {
  await tellService(azure, vaultService(azure.profile, vault), {
    tried: `changing the policy of the certificate ${name} in the vault ${vault}`,
    right: rights.manageCertificates,
    method: 'PATCH',
    path: `/certificates/${name}/policy?${apiVersion}`,
    body: changes,
  });
}

/** The making of a version: Key Vault's `CertificateOperation`. */
interface Operation {
  readonly id: string;
  /** `inProgress`, `completed`; others say that it came to nothing. */
  readonly status: string;
  readonly issuer: string;
  /** Why it came to nothing. */
  readonly problem: string;
}

/** Who is to sign a certificate that a vault is waiting for: `Self` for the vault; `Unknown` for whoever merges it. Undefined where none is. */
export async function findPendingIssuer(azure: Azure, vault: string, name: string): Promise<string | undefined> {
  const operation = await findPending(azure, vault, name);
  return operation?.status === 'inProgress' ? operation.issuer : undefined;
}

function findPending(azure: Azure, vault: string, name: string): Promise<Operation | undefined> {
  const call = {
    tried: `looking for a certificate ${name} that the vault ${vault} is making`,
    right: rights.manageCertificates,
    path: `/certificates/${name}/pending?${apiVersion}`,
  };
  return ifThere(callService(azure, vaultService(azure.profile, vault), call, toOperation));
}

function toOperation(answer: object): Operation {
  return {
    id: textOf(member(answer, 'request_id')),
    status: textOf(member(answer, 'status')),
    issuer: textOf(member(answer, 'issuer', 'name')),
    problem: textOf(member(answer, 'error', 'message')),
  };
}

/**
 * Lets the vault make the first version of a certificate, with its key. Where it is at it already, as after an interrupted run, only waits
 * for it.
 */
export async function createInVault(azure: Azure, vault: string, name: string, policy: object): Promise<VaultCertificate> {
  const service = vaultService(azure.profile, vault);
  const call = { tried: `making the certificate ${name} in the vault ${vault}`, right: rights.manageCertificates };
  const pending = () => findPending(azure, vault, name);
  const before = await pending();
  // Made since the caller looked.
  const there = before?.status === 'completed' ? await findCertificate(azure, vault, name) : undefined;
  if (there) return there;
  if (before?.status !== 'inProgress')
    await makeOnce<unknown>(azure, {
      make: () =>
        tellService(azure, service, {
          ...call,
          method: 'POST',
          path: `/certificates/${name}/create?${apiVersion}`,
          body: { policy, attributes: { enabled: true }, tags: markTags },
        }),
      find: async () => {
        const operation = await pending();
        return operation?.id === before?.id ? undefined : operation;
      },
    });
  return waitFor(
    azure,
    {
      waitingFor: `the certificate ${name} in the vault ${vault}`,
      limit: 5 * 60_000,
      whenOver: 'Run the same command again: it goes on where it stopped.',
    },
    async () => {
      const operation = await pending();
      if (operation?.status === 'inProgress') return undefined;
      if (operation?.status === 'completed') return findCertificate(azure, vault, name);
      throw new AzureError(
        'refused',
        call.tried,
        `came to nothing: ${operation?.problem || `the operation ended as ${operation?.status || 'unknown'}`}.`,
      );
    },
  );
}

/** All versions of a certificate: first the one that the vault hands out, then the others, the newest first. */
export async function listVersions(azure: Azure, vault: string, name: string): Promise<VaultCertificateVersion[]> {
  const call = {
    tried: `reading the versions of the certificate ${name} in the vault ${vault}`,
    right: rights.readCertificates,
    path: `/certificates/${name}/versions?${apiVersion}`,
  };
  const versions = (await ifThere(listPages(azure, vaultService(azure.profile, vault), call, 'nextLink', toVersion))) ?? [];
  if (versions.length < 2) return versions;
  // Times count whole seconds: which one is the current, the vault itself says.
  const current = (await findCertificate(azure, vault, name))?.version;
  const isCurrent = ({ version }: VaultCertificateVersion) => Number(version === current);
  return versions.sort((a, b) => isCurrent(b) - isCurrent(a) || b.created - a.created);
}

/** Deletes a certificate with all its versions; one that is not there is no error. The vault keeps it for the days that it is set to. */
export async function deleteCertificate(azure: Azure, vault: string, name: string): Promise<void> {
  await ifThere(
    tellService(azure, vaultService(azure.profile, vault), {
      tried: `deleting the certificate ${name} in the vault ${vault}`,
      right: rights.manageCertificates,
      method: 'DELETE',
      path: `/certificates/${name}?${apiVersion}`,
    }),
  );
}

/** The names of all that a vault holds as a secret, which its certificates are too. No value is asked for. */
export async function listSecretNames(azure: Azure, vault: string): Promise<string[]> {
  const call = {
    tried: `reading which secrets the vault ${vault} holds`,
    right: rights.readCertificates,
    path: `/secrets?${apiVersion}`,
  };
  const read = ({ id = '' }: Pick<Bundle, 'id'>) => versionOf(id);
  return listPages(azure, vaultService(azure.profile, vault), call, 'nextLink', read);
}

/** The PFX of a version, by default the newest, with its key, as a workflow gets it. The caller tells the output that it is a secret. */
export async function readPfxFromVault(azure: Azure, vault: string, name: string, version = ''): Promise<Buffer> {
  const call = {
    tried: `reading the certificate ${name} with its key from the vault ${vault}`,
    right: rights.readSecret,
    path: `/secrets/${name}/${version}?${apiVersion}`,
  };
  const read = ({ value }: { readonly value: string }) => Buffer.from(value, 'base64');
  return callService(azure, vaultService(azure.profile, vault), call, read);
}

function toVersion({ id = '', x5t = '', attributes, tags }: Bundle): VaultCertificateVersion {
  return {
    version: versionOf(id),
    thumbprint: x5t,
    created: (attributes?.created ?? 0) * 1000,
    isEnabled: attributes?.enabled !== false,
    isMadeHere: isMarked(tags),
  };
}

function toCertificate(bundle: Bundle): VaultCertificate {
  const { cer = '', attributes, policy } = bundle;
  return {
    ...toVersion(bundle),
    der: Buffer.from(cer, 'base64'),
    expires: (attributes?.exp ?? 0) * 1000,
    begins: (attributes?.nbf ?? 0) * 1000,
    isReadableAsPfx: policy?.key_props?.exportable !== false && policy?.secret_props?.contentType !== 'application/x-pem-file',
    renewsItself: policy?.lifetime_actions?.some(({ action }) => isAutoRenew(action?.action_type)) === true,
  };
}

function versionOf(id: string): string {
  return id.split('/').at(-1) ?? '';
}

function isAutoRenew(type: unknown): boolean {
  return typeof type === 'string' && type.toLowerCase() === 'autorenew';
}
