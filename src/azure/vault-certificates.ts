import { vaultService } from '../cloud/profile.ts';
import { rights } from '../cloud/rights.ts';
import { ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { makeOnce } from './make-once.ts';
import { isMarked, markTags } from './marks.ts';
import { listPages } from './pages.ts';
import { callService } from './rest.ts';
import { waitFor } from './wait.ts';

/** Certificates in a vault, by Key Vault's data plane. Shapes: Key Vault's OpenAPI; docs/facts/key-vault.md#the-data-plane. */
const apiVersion = 'api-version=2025-07-01';

/** A version of a certificate, without its key. */
export interface VaultCertificate {
  readonly version: string;
  readonly der: Buffer;
  /** SHA-1 of the certificate, base64url, as the vault gives it. */
  readonly thumbprint: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly expires: number;
  /** From when it holds. */
  readonly begins: number;
  readonly isEnabled: boolean;
  /** Whether its secret is a PFX with the key in it. */
  readonly isReadableAsPfx: boolean;
  /** Whether the vault makes a new version before it ends. */
  readonly renewsItself: boolean;
}

export interface VaultCertificateVersion {
  readonly version: string;
  readonly thumbprint: string;
  readonly created: number;
  readonly isEnabled: boolean;
  /** Whether certflow put it there. */
  readonly isMadeHere: boolean;
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
  const found = await ifThere(
    callService<Bundle>(azure, vaultService(azure.profile, vault), {
      tried: `reading the certificate ${name} in the vault ${vault}`,
      right: rights.readCertificates,
      path: `/certificates/${name}/${version}?${apiVersion}`,
    }),
  );
  // While the first version is being made there is a bundle without a certificate.
  return found?.cer ? toCertificate(found) : undefined;
}

/** Whether a certificate of that name was deleted and can be recovered: then no new one can have it. Undefined where that cannot be told. */
export async function isDeleted(azure: Azure, vault: string, name: string): Promise<boolean | undefined> {
  try {
    const found = await ifThere(
      callService(azure, vaultService(azure.profile, vault), {
        tried: `looking for a deleted certificate ${name} in the vault ${vault}`,
        right: rights.manageCertificates,
        path: `/deletedcertificates/${name}?${apiVersion}`,
      }),
    );
    return found !== undefined;
  } catch (error) {
    if (error instanceof AzureError && error.status === 403) return undefined;
    throw error;
  }
}

/** Whether the vault has a secret of a name, whatever keeps it. Its value is not asked for. */
export async function hasSecret(azure: Azure, vault: string, name: string): Promise<boolean> {
  const found = await ifThere(
    callService<{ value?: readonly unknown[] }>(azure, vaultService(azure.profile, vault), {
      tried: `looking for the secret ${name} in the vault ${vault}`,
      right: rights.readCertificates,
      path: `/secrets/${name}/versions?${apiVersion}&maxresults=1`,
    }),
  );
  return (found?.value ?? []).length > 0;
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
  return makeOnce(azure, {
    make: async () =>
      toCertificate(
        await callService<Bundle>(azure, vaultService(azure.profile, vault), {
          tried: `importing the certificate ${name} into the vault ${vault}`,
          right: rights.manageCertificates,
          method: 'POST',
          path: `/certificates/${name}/import?${apiVersion}`,
          body: { value: pfx.toString('base64'), policy, attributes: { enabled: true }, tags: markTags },
        }),
      ),
    find: async () => {
      const found = await findCertificate(azure, vault, name);
      return found?.der.equals(der) ? found : undefined;
    },
  });
}

/** Changes parts of a certificate's policy; the certificate stays as it is. */
export async function updatePolicy(azure: Azure, vault: string, name: string, changes: object): Promise<void> {
  await callService(azure, vaultService(azure.profile, vault), {
    tried: `changing the policy of the certificate ${name} in the vault ${vault}`,
    right: rights.manageCertificates,
    method: 'PATCH',
    path: `/certificates/${name}/policy?${apiVersion}`,
    body: changes,
  });
}

interface Operation {
  request_id?: string;
  issuer?: { name?: string };
  status?: string;
  error?: { code?: string; message?: string } | null;
}

/** Who is to sign a certificate that a vault is waiting for: `Self` for the vault; `Unknown` for whoever merges it. Undefined where none is. */
export async function findPendingIssuer(azure: Azure, vault: string, name: string): Promise<string | undefined> {
  const operation = await findPending(azure, vault, name);
  return operation?.status === 'inProgress' ? (operation.issuer?.name ?? '') : undefined;
}

function findPending(azure: Azure, vault: string, name: string): Promise<Operation | undefined> {
  return ifThere(
    callService<Operation>(azure, vaultService(azure.profile, vault), {
      tried: `looking for a certificate ${name} that the vault ${vault} is making`,
      right: rights.manageCertificates,
      path: `/certificates/${name}/pending?${apiVersion}`,
    }),
  );
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
    await makeOnce(azure, {
      make: () =>
        callService<Operation>(azure, service, {
          ...call,
          method: 'POST',
          path: `/certificates/${name}/create?${apiVersion}`,
          body: { policy, attributes: { enabled: true }, tags: markTags },
        }),
      find: async () => {
        const operation = await pending();
        return operation?.request_id === before?.request_id ? undefined : operation;
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
        `came to nothing: ${operation?.error?.message ?? `the operation ended as ${operation?.status ?? 'unknown'}`}.`,
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
  const found = await ifThere(listPages<Bundle>(azure, vaultService(azure.profile, vault), call, 'nextLink'));
  const versions = (found ?? []).map(
    ({ id = '', x5t = '', attributes, tags }): VaultCertificateVersion => ({
      version: versionOf(id),
      thumbprint: x5t,
      created: (attributes?.created ?? 0) * 1000,
      isEnabled: attributes?.enabled !== false,
      isMadeHere: isMarked(tags),
    }),
  );
  if (versions.length < 2) return versions;
  // Times count whole seconds: which one is the current, the vault itself says.
  const current = (await findCertificate(azure, vault, name))?.version;
  const isCurrent = ({ version }: VaultCertificateVersion) => Number(version === current);
  return versions.sort((a, b) => isCurrent(b) - isCurrent(a) || b.created - a.created);
}

/** Deletes a certificate with all its versions; one that is not there is no error. The vault keeps it for the days that it is set to. */
export async function deleteCertificate(azure: Azure, vault: string, name: string): Promise<void> {
  await ifThere(
    callService(azure, vaultService(azure.profile, vault), {
      tried: `deleting the certificate ${name} in the vault ${vault}`,
      right: rights.manageCertificates,
      method: 'DELETE',
      path: `/certificates/${name}?${apiVersion}`,
    }),
  );
}

/** The names of all that a vault holds as a secret, which its certificates are too. No value is asked for. */
export async function listSecretNames(azure: Azure, vault: string): Promise<string[]> {
  const found = await listPages<{ id?: string }>(
    azure,
    vaultService(azure.profile, vault),
    {
      tried: `reading which secrets the vault ${vault} holds`,
      right: rights.readCertificates,
      path: `/secrets?${apiVersion}`,
    },
    'nextLink',
  );
  return found.map(({ id = '' }) => versionOf(id));
}

/** The PFX of a version, by default the newest, with its key, as a workflow gets it. The caller tells the output that it is a secret. */
export async function readPfxFromVault(azure: Azure, vault: string, name: string, version = ''): Promise<Buffer> {
  const { value } = await callService<{ value: string }>(azure, vaultService(azure.profile, vault), {
    tried: `reading the certificate ${name} with its key from the vault ${vault}`,
    right: rights.readSecret,
    path: `/secrets/${name}/${version}?${apiVersion}`,
  });
  return Buffer.from(value, 'base64');
}

function toCertificate({ id = '', cer = '', x5t = '', attributes, policy }: Bundle): VaultCertificate {
  return {
    version: versionOf(id),
    der: Buffer.from(cer, 'base64'),
    thumbprint: x5t,
    created: (attributes?.created ?? 0) * 1000,
    expires: (attributes?.exp ?? 0) * 1000,
    begins: (attributes?.nbf ?? 0) * 1000,
    isEnabled: attributes?.enabled !== false,
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
