import { expect, test } from 'vitest';
import { isVaultName, parseVaultAddress } from '../../src/cloud/vault-identifiers.ts';

const version = '0123456789abcdef0123456789abcdef';

test.each([
  ['https://kv-contoso.vault.azure.net', { vault: 'kv-contoso' }],
  ['https://kv-contoso.vault.azure.net:443/', { vault: 'kv-contoso' }],
  ['https://KV-Contoso.vault.azure.net/certificates/c', { vault: 'kv-contoso', collection: 'certificates', name: 'c' }],
  [`https://v12.vault.usgovcloudapi.net/secrets/c/${version}`, { vault: 'v12', collection: 'secrets', name: 'c', version }],
  [`https://v12.vault.azure.cn/certificates/c/${version}/`, { vault: 'v12', name: 'c', version }],
])('%s is read', (text, expected) => {
  expect(parseVaultAddress(text)).toMatchObject(expected);
});

test.each([
  'http://kv-contoso.vault.azure.net',
  'https://kv-contoso.vault.azure.net.evil.example/certificates/c',
  'https://vault.azure.net/certificates/c',
  'https://a.b.vault.azure.net/certificates/c',
  'https://kv-contoso.vault.azure.net/storage/c',
  'https://kv-contoso.vault.azure.net/certificates/c/1',
  `https://kv-contoso.vault.azure.net/certificates/c/${version}/x`,
  'https://kv-contoso.vault.azure.net/certificates/c?x=1',
  'https://user@kv-contoso.vault.azure.net/certificates/c',
  'kv-contoso',
])('%s is no address of a vault', (text) => {
  expect(parseVaultAddress(text)).toBeUndefined();
});

test.each([
  ['kv-contoso-dev', true],
  ['kv1', true],
  ['kv', false],
  ['1kv', false],
  ['kv-', false],
  ['kv--dev', false],
  ['a'.repeat(24), true],
  ['a'.repeat(25), false],
])('"%s" is a vault name: %s', (text, expected) => {
  expect(isVaultName(text)).toBe(expected);
});
