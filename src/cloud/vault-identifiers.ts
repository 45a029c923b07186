import { type Cloud, clouds } from './clouds.ts';

/** What an identifier of the vault says. */
export interface VaultObject {
  readonly vault: string;
  readonly cloud: Cloud;
  /** `certificates`, `secrets` or `keys`; undefined where only the vault is named. */
  readonly collection?: string;
  readonly name?: string;
  readonly version?: string;
}

/** Vault names: 3 to 24 letters, digits and single hyphens, a letter first, no hyphen last (Azure's naming rules). */
export function isVaultName(text: string): boolean {
  return /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i.test(text);
}

/** Names of certificates and secrets: 1 to 127 letters, digits and hyphens. */
export function isVaultObjectName(text: string): boolean {
  return /^[0-9a-z-]{1,127}$/i.test(text);
}

export function isVaultObjectVersion(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text);
}

/**
 * Reads an address as the portal's copy button gives it: `https://v.vault.azure.net/certificates/c/<version>`, `/secrets/…`,
 * or the vault alone. With or without version, final slash and port 443.
 * Gives undefined for anything that is not an address of a vault in a known cloud.
 */
export function parseVaultAddress(text: string): VaultObject | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  const host = url.hostname.toLowerCase();
  const dot = host.indexOf('.');
  const vault = host.slice(0, dot);
  const cloud = Object.values(clouds).find(({ vaultSuffix }) => host.slice(dot + 1) === vaultSuffix);
  if (url.protocol !== 'https:' || !cloud || !isVaultName(vault) || url.username || url.search || url.hash) return undefined;

  const [collection, name, version, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (collection === undefined) return { vault, cloud };
  if (!['certificates', 'secrets', 'keys'].includes(collection) || rest.length > 0) return undefined;
  if (name === undefined || !isVaultObjectName(name) || (version !== undefined && !isVaultObjectVersion(version)))
    return undefined;
  return { vault, cloud, collection, name, ...(version === undefined ? {} : { version }) };
}
