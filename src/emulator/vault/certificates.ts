import { randomUUID } from 'node:crypto';
import { createCertificate, createRequest, openFile, recognise } from '../../certificate/index.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { type Answer, ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { ArmResource, CertificateVersion, VaultCertificate } from '../state.ts';
import type { World } from '../world.ts';
import { authorizeVault, checkObjectName, inSeconds, objectId, type Right, vaultOf } from './access.ts';
import { certificateBundle, certificateItem } from './certificate-bundle.ts';
import { deletedCertificateRoutes } from './deleted-certificates.ts';
import { keepCertificate, type NewCertificate } from './keep-certificate.ts';
import { checkNotDeleted, deletion, foundObject, objectKey, versionOf } from './objects.ts';
import { completePolicy } from './policy.ts';

const path = '/vaults/{vault}/certificates';

/**
 * Certificates of a vault. Requests and answers: docs/facts/key-vault.md#the-data-plane, and Microsoft's OpenAPI of the data
 * plane.
 */
export function certificateRoutes(world: World): Routes {
  const { certificates } = world.state;
  const at = (call: Call, right: Right<'certificates'>): ArmResource => {
    const vault = vaultOf(world, call.params.vault);
    authorizeVault(world, call.caller, vault, 'certificates', right, call.params.name);
    return vault;
  };
  const stored = (call: Call, vault: ArmResource) => foundObject(certificates, vault, call.params.name ?? '', 'Certificate');
  const get = (call: Call) => {
    const vault = at(call, 'get');
    const found = stored(call, vault);
    return ok(certificateBundle(vault, found, versionOf(found, call.params.version, 'Certificate')));
  };
  const pending = (call: Call, vault: ArmResource) => {
    const found = certificates.get(objectKey(vault, call.params.name ?? ''));
    if (found?.operation === undefined)
      refuse(
        404,
        'PendingCertificateNotFound',
        `A pending certificate with (name/id) ${call.params.name} was not found in this key vault.`,
      );
    return ok(operationOf(vault, found));
  };
  return {
    [`GET ${path}`]: (call) => {
      const vault = at(call, 'list');
      const within = `${vault.name.toLowerCase()}/`;
      const living = [...certificates].filter(([key, one]) => key.startsWith(within) && !one.deleted && one.versions.length > 0);
      return ok({
        value: living.map(([, one]) => certificateItem(vault, one.name, versionOf(one, undefined, 'Certificate'))),
        nextLink: null,
      });
    },
    [`GET ${path}/{name}/versions`]: (call) => {
      const vault = at(call, 'list');
      const found = stored(call, vault);
      return ok({ value: found.versions.map((one) => certificateItem(vault, found.name, one, one.version)), nextLink: null });
    },
    [`GET ${path}/{name}/policy`]: (call) => {
      const vault = at(call, 'get');
      const { name, policy } = stored(call, vault);
      return ok({ id: `${objectId(vault, 'certificates', name)}/policy`, ...policy });
    },
    [`PATCH ${path}/{name}/policy`]: (call) => {
      const vault = at(call, 'update');
      const found = stored(call, vault);
      const policy = completePolicy({ ...found.policy, ...call.json() });
      certificates.set(objectKey(vault, found.name), { ...found, policy });
      return ok({ id: `${objectId(vault, 'certificates', found.name)}/policy`, ...policy });
    },
    [`GET ${path}/{name}/pending`]: (call) => pending(call, at(call, 'get')),
    [`DELETE ${path}/{name}/pending`]: (call) => {
      const vault = at(call, 'delete');
      const answer = pending(call, vault);
      const key = objectKey(vault, call.params.name ?? '');
      const { operation, ...rest } = certificates.get(key) as VaultCertificate;
      certificates.set(key, rest);
      return answer;
    },
    [`POST ${path}/{name}/import`]: (call) => importCertificate(world, call, at(call, 'import')),
    [`POST ${path}/{name}/create`]: (call) => createInside(world, call, at(call, 'create')),
    [`PATCH ${path}/{name}/{version}`]: (call) => {
      const vault = at(call, 'update');
      const found = stored(call, vault);
      const before = versionOf(found, call.params.version, 'Certificate');
      const { attributes: given, tags } = call.json();
      const enabled = member(given, 'enabled');
      const changed: CertificateVersion = {
        ...before,
        enabled: typeof enabled === 'boolean' ? enabled : before.enabled,
        ...(isObject(tags) && { tags: tags as Record<string, string> }),
        updated: inSeconds(),
      };
      const versions = found.versions.map((one) => (one === before ? changed : one));
      certificates.set(objectKey(vault, found.name), { ...found, versions });
      const { secrets } = world.state;
      const secret = secrets.get(objectKey(vault, found.name));
      if (secret)
        secrets.set(objectKey(vault, found.name), {
          ...secret,
          versions: secret.versions.map((one) => (one.version === before.version ? { ...one, enabled: changed.enabled } : one)),
        });
      return ok(certificateBundle(vault, found, changed));
    },
    [`GET ${path}/{name}`]: get,
    [`GET ${path}/{name}/{version}`]: get,
    [`DELETE ${path}/{name}`]: (call) => {
      const vault = at(call, 'delete');
      const found = stored(call, vault);
      const deleted = deletion(vault);
      const key = objectKey(vault, found.name);
      certificates.set(key, { ...found, deleted });
      const secret = world.state.secrets.get(key);
      if (secret) world.state.secrets.set(key, { ...secret, deleted });
      return ok({
        ...certificateBundle(vault, found, versionOf(found, undefined, 'Certificate')),
        ...deleted,
        recoveryId: objectId(vault, 'deletedcertificates', found.name),
      });
    },
    ...deletedCertificateRoutes(world, at),
  };
}

function importCertificate(world: World, call: Call, vault: ArmResource): Answer {
  const name = call.params.name ?? '';
  checkObjectName(name);
  checkNotDeleted(world.state.certificates.get(objectKey(vault, name)), 'Certificate');
  const { value, pwd, policy, attributes: given, tags } = call.json();
  if (typeof value !== 'string') refuse(400, 'BadParameter', 'Property value is missing.');
  const made = opened(value, typeof pwd === 'string' ? pwd : undefined);
  const stored = keepCertificate(world, vault, name, made, {
    policy: completePolicy(policy, made.certificate),
    enabled: member(given, 'enabled') !== false,
    ...(isObject(tags) && { tags: tags as Record<string, string> }),
  });
  return ok(certificateBundle(vault, stored, versionOf(stored, undefined, 'Certificate')));
}

/** A PFX in base64, or PEM. */
function opened(value: string, password: string | undefined): NewCertificate {
  try {
    const bytes = value.includes('-----BEGIN') ? Buffer.from(value) : Buffer.from(value, 'base64');
    const { privateKey, certificate, chain } = openFile(recognise(bytes), password);
    if (privateKey === undefined)
      refuse(
        400,
        'BadParameter',
        'Private key is not specified in the specified X.509 certificate content. Please specify private key in the X.509 certificate content.',
      );
    return { privateKey, certificate, chain };
  } catch (error) {
    if ((error as Error).name === 'ServiceError') throw error;
    refuse(
      400,
      'BadParameter',
      `The specified PKCS#12 X.509 certificate content can not be read. Please check if certificate is in valid PKCS#12 format. (${(error as Error).message})`,
    );
  }
}

/** Makes a self-signed certificate in the vault, which takes a while. */
async function createInside(world: World, call: Call, vault: ArmResource): Promise<Answer> {
  const name = call.params.name ?? '';
  checkObjectName(name);
  const { certificates } = world.state;
  const key = objectKey(vault, name);
  const before = certificates.get(key);
  checkNotDeleted(before, 'Certificate');
  if (before?.operation?.status === 'inProgress')
    refuse(409, 'Conflict', `Pending certificate operation of ${name} is in progress.`);
  const { policy: given, attributes: wanted, tags } = call.json();
  const policy = completePolicy(given);
  const subject = String(member(policy, 'x509_props', 'subject'));
  const bits = member(policy, 'key_props', 'key_size') as 2048;
  const days = Math.round(Number(member(policy, 'x509_props', 'validity_months')) * 30.4);
  const request = await invalid(() => createRequest({ subject, bits }));
  const operation = {
    requestId: randomUUID().replaceAll('-', ''),
    status: 'inProgress' as const,
    csr: Buffer.from(request.request).toString('base64'),
  };
  const stored: VaultCertificate = { name, versions: [], ...before, policy, operation };
  certificates.set(key, stored);
  const answer = { status: 202, headers: { 'retry-after': '0' }, body: operationOf(vault, stored) };
  // A certificate authority signs it, and somebody merges its answer: here nobody ever does.
  if (String(member(policy, 'issuer', 'name')) !== 'Self') return answer;
  const made = await invalid(() => createCertificate({ subject, bits, days }));
  world.goOn(async () => {
    await world.pause(world.pace.step);
    // Whoever cancelled it, or deleted it, does not want it any more.
    if (certificates.get(key)?.operation?.requestId !== operation.requestId) return;
    const kept = keepCertificate(world, vault, name, made, {
      policy,
      enabled: member(wanted, 'enabled') !== false,
      ...(isObject(tags) && { tags: tags as Record<string, string> }),
    });
    certificates.set(key, { ...kept, operation: { ...operation, status: 'completed' } });
  });
  return answer;
}

async function invalid<Result>(make: () => Promise<Result>): Promise<Result> {
  try {
    return await make();
  } catch (error) {
    refuse(400, 'BadParameter', `The policy is invalid: ${(error as Error).message}`);
  }
}

function operationOf(vault: ArmResource, { name, operation, policy }: VaultCertificate) {
  const id = objectId(vault, 'certificates', name);
  return {
    id: `${id}/pending`,
    issuer: policy.issuer,
    csr: operation?.csr,
    cancellation_requested: false,
    status: operation?.status,
    status_details:
      operation?.status === 'inProgress' ? 'Pending certificate created. Certificate request is in progress.' : undefined,
    ...(operation?.error && { error: operation.error }),
    ...(operation?.status === 'completed' && { target: id }),
    request_id: operation?.requestId,
  };
}
