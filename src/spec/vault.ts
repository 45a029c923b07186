import { type CloudName, clouds } from '../cloud/clouds.ts';
import { isVaultName, isVaultObjectName, parseVaultAddress, type VaultObject } from '../cloud/vault-identifiers.ts';
import { quote } from '../diagnostics/words.ts';
import type { Findings } from './findings.ts';
import type { Layers } from './layers.ts';
import type { Environment, Vault } from './spec.ts';

/**
 * The vault and the certificate of one environment. People have them as names or as the addresses that the portal copies; a
 * certificate's address names its vault too. Both may be absent in the result, then the findings say why.
 */
export function resolveVaultAndCertificate(
  layers: Layers,
  cloud: CloudName,
  findings: Findings,
): Partial<Pick<Environment, 'vault' | 'certificate'>> {
  const certificate = resolveCertificate(layers, cloud, findings);
  const vault = resolveVault(layers, cloud, certificate?.address, findings);
  return { ...(vault && { vault }), ...(certificate && { certificate: certificate.value }) };
}

/** The certificate of a developer's machine: a file, named after the spec where the environment itself says no name. It has no vault. */
export function resolveCertificateFile(
  layers: Layers,
  cloud: CloudName,
  findings: Findings,
  specName: string,
): Partial<Pick<Environment, 'vault' | 'certificate'>> {
  const name = layers.overrides('certificate')
    ? resolveCertificate(layers, cloud, findings)?.value.name
    : `${specName}-${layers.environment}`;
  return { vault: { name: '', url: '', access: 'rbac' }, ...(name === undefined ? {} : { certificate: { name } }) };
}

function resolveVault(
  layers: Layers,
  cloud: CloudName,
  fromCertificate: VaultObject | undefined,
  findings: Findings,
): Vault | undefined {
  const written = layers.get('vault');
  const group = typeof written === 'string' ? { name: written } : (written ?? {});
  const pointer = typeof written === 'string' ? layers.pointer('vault') : layers.pointer('vault', 'name');
  const name = group.name === undefined ? fromCertificate?.vault : vaultName(group.name, cloud, pointer, findings);
  if (group.name === undefined && name === undefined) {
    findings.error(
      'spec-value',
      pointer,
      'the vault has no name',
      'write vault: { name: kv-… }, its address, or paste the certificate identifier as certificate',
    );
  }
  if (name === undefined) return undefined;

  if (fromCertificate && fromCertificate.vault !== name.toLowerCase()) {
    const message = `the certificate identifier names the vault "${fromCertificate.vault}", but vault is "${name}"`;
    findings.error('spec-value', layers.pointer('certificate'), message, 'leave one of them out, or make them agree');
  }
  const { name: _, access = 'rbac', ...others } = group;
  return { name, url: `https://${name}.${clouds[cloud].vaultSuffix}`, access, ...others };
}

function vaultName(written: string, cloud: CloudName, pointer: string, findings: Findings): string | undefined {
  if (isVaultName(written)) return written;
  const address = parseVaultAddress(written.includes('://') ? written : `https://${written}`);
  if (!address) {
    findings.error(
      'spec-value',
      pointer,
      `${quote(written)} is neither the name nor the address of a vault`,
      `write the name (3 to 24 letters, digits and '-') or https://<name>.${clouds[cloud].vaultSuffix}`,
    );
    return undefined;
  }
  if (!isInCloud(address, cloud, pointer, findings)) return undefined;
  if (address.collection !== undefined) {
    findings.error(
      'spec-value',
      pointer,
      `${quote(written)} is the address of something in a vault, not of the vault`,
      `write ${address.vault} here and paste the address as certificate`,
    );
    return undefined;
  }
  return address.vault;
}

function resolveCertificate(layers: Layers, cloud: CloudName, findings: Findings) {
  const written = layers.get('certificate');
  const isText = typeof written === 'string';
  const name = isText ? written : written?.name;
  const pointer = isText ? layers.pointer('certificate') : layers.pointer('certificate', 'name');
  const version = isText ? undefined : written?.version;
  if (name === undefined) {
    findings.error(
      'spec-value',
      pointer,
      'the certificate has no name',
      'write certificate: { name: … }, or paste its identifier from the portal',
    );
    return undefined;
  }
  if (isVaultObjectName(name)) return { value: { name, ...(version && { version: version.toLowerCase() }) } };

  const address = parseVaultAddress(name);
  if (address?.name === undefined || address.collection === 'keys') {
    const help = `write a name (letters, digits and '-'), or https://<vault>.${clouds[cloud].vaultSuffix}/certificates/<name>, with or without a version of 32 hexadecimal digits`;
    findings.error('spec-value', pointer, `${quote(name)} is neither the name nor the identifier of a certificate`, help);
    return undefined;
  }
  if (!isInCloud(address, cloud, pointer, findings)) return undefined;
  if (version && address.version && version.toLowerCase() !== address.version.toLowerCase()) {
    findings.error(
      'spec-value',
      layers.pointer('certificate', 'version'),
      'the identifier and version name two different versions',
      'leave one of them out',
    );
  }
  if (version === undefined && address.version !== undefined)
    findings.note(
      pointer,
      `the identifier pins version ${address.version}, so that a renewed certificate is not used before it is changed here; without the version the newest is read`,
    );
  const pinned = version ?? address.version;
  return { address, value: { name: address.name, ...(pinned && { version: pinned.toLowerCase() }), identifier: name } };
}

function isInCloud(address: VaultObject, cloud: CloudName, pointer: string, findings: Findings): boolean {
  if (address.cloud.name === cloud) return true;
  findings.error(
    'spec-value',
    pointer,
    `the vault's address belongs to the cloud ${address.cloud.name}, but cloud is ${cloud}`,
    `write cloud: ${address.cloud.name}, or the address in ${clouds[cloud].vaultSuffix}`,
  );
  return false;
}
