/**
 * The path of Get secret in the managed connector, which has no certificate operations: a certificate is read as the secret of the same
 * name, its PFX in base64. Name and version are expressions. Source: docs/facts/key-vault.md#operations-of-the-connector.
 */
export function secretPath(name: string, version: string | undefined): string {
  return `/secrets/${segment(name)}${version === undefined ? '' : `/versions/${segment(version)}`}/value`;
}

function segment(expression: string): string {
  return `@{encodeURIComponent(${expression})}`;
}
