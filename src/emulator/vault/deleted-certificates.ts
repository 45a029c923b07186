import { noContent, ok, ServiceError } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ArmResource, VaultCertificate } from '../state.ts';
import type { World } from '../world.ts';
import { objectId, type Right } from './access.ts';
import { certificateBundle, certificateItem } from './certificate-bundle.ts';
import { checkPurgeable, objectKey, versionOf } from './objects.ts';

/** Certificates that were deleted and can be had back. */
export function deletedCertificateRoutes(world: World, at: (call: Call, right: Right<'certificates'>) => ArmResource): Routes {
  const { certificates, secrets } = world.state;
  const found = ({ params }: Call, vault: ArmResource): VaultCertificate => {
    const stored = certificates.get(objectKey(vault, params.name ?? ''));
    if (stored?.deleted) return stored;
    throw new ServiceError(404, { code: 'CertificateNotFound', message: `Deleted Certificate not found: ${params.name}` });
  };
  const shown = (vault: ArmResource, stored: VaultCertificate) => ({
    ...certificateBundle(vault, stored, versionOf(stored, undefined, 'Certificate')),
    ...stored.deleted,
    recoveryId: objectId(vault, 'deletedcertificates', stored.name),
  });
  const path = '/vaults/{vault}/deletedcertificates';
  return {
    [`GET ${path}`]: (call) => {
      const vault = at(call, 'list');
      const within = `${vault.name.toLowerCase()}/`;
      const deleted = [...certificates].filter(([key, one]) => key.startsWith(within) && one.deleted);
      const items = deleted.map(([, one]) => ({
        ...certificateItem(vault, one.name, versionOf(one, undefined, 'Certificate')),
        ...one.deleted,
        recoveryId: objectId(vault, 'deletedcertificates', one.name),
      }));
      return ok({ value: items, nextLink: null });
    },
    [`GET ${path}/{name}`]: (call) => {
      const vault = at(call, 'get');
      return ok(shown(vault, found(call, vault)));
    },
    [`POST ${path}/{name}/recover`]: (call) => {
      const vault = at(call, 'recover');
      const { deleted, ...stored } = found(call, vault);
      const key = objectKey(vault, stored.name);
      certificates.set(key, stored);
      const { deleted: _, ...secret } = secrets.get(key) ?? { name: stored.name, versions: [] };
      secrets.set(key, secret);
      return ok(certificateBundle(vault, stored, versionOf(stored, undefined, 'Certificate')));
    },
    [`DELETE ${path}/{name}`]: (call) => {
      const vault = at(call, 'purge');
      const stored = found(call, vault);
      checkPurgeable(vault);
      certificates.delete(objectKey(vault, stored.name));
      secrets.delete(objectKey(vault, stored.name));
      return noContent;
    },
  };
}
