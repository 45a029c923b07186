import { refuse, ServiceError } from '../http/answer.ts';
import type { ArmResource, VaultObject } from '../state.ts';
import { inSeconds } from './access.ts';

export function objectKey(vault: ArmResource, name: string): string {
  return `${vault.name}/${name}`.toLowerCase();
}

/** The object of a name that is not deleted. Throws SecretNotFound or CertificateNotFound. */
export function foundObject<Version, Stored extends VaultObject<Version>>(
  table: ReadonlyMap<string, Stored & VaultObject<Version>>,
  vault: ArmResource,
  name: string,
  word: 'Secret' | 'Certificate',
): Stored {
  const found = table.get(objectKey(vault, name));
  if (found === undefined || found.deleted || found.versions.length === 0) throw notFound(word, name);
  return found;
}

/** One version, the newest without its name. */
export function versionOf<Version extends { readonly version: string }>(
  { versions, name }: VaultObject<Version>,
  version: string | undefined,
  word: 'Secret' | 'Certificate',
): Version {
  const found = version === undefined ? versions.at(-1) : versions.find((one) => one.version === version);
  if (found === undefined) throw notFound(word, `${name}/${version}`);
  return found;
}

function notFound(word: 'Secret' | 'Certificate', name: string): ServiceError {
  const message = `A ${word.toLowerCase()} with (name/id) ${name} was not found in this key vault. If you recently deleted this ${word.toLowerCase()} you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`;
  return new ServiceError(404, { code: `${word}NotFound`, message });
}

/** Throws where the name belongs to a deleted object. */
export function checkNotDeleted(stored: VaultObject<unknown> | undefined, word: 'Secret' | 'Certificate') {
  if (!stored?.deleted) return;
  throw new ServiceError(409, {
    code: 'Conflict',
    message: `${word} ${stored.name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ${word.toLowerCase()} can only be recovered or purged.`,
    innererror: { code: 'ObjectIsDeletedButRecoverable' },
  });
}

export function deletion(vault: ArmResource): NonNullable<VaultObject<unknown>['deleted']> {
  const days = Number(vault.properties.softDeleteRetentionInDays) || 90;
  return { deletedDate: inSeconds(), scheduledPurgeDate: inSeconds() + days * 86_400 };
}

export function checkPurgeable(vault: ArmResource) {
  if (vault.properties.enablePurgeProtection === true)
    refuse(
      403,
      'Forbidden',
      'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.',
    );
}
