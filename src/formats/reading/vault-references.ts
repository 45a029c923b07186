import type { DocumentFiles } from './document-files.ts';
import { vaultReference } from './package-rules.ts';

/** The address may be an expression of a template, with parentheses in it. */
const reference = /@Microsoft\.KeyVault\(\s*SecretUri=(?:(?!\/secrets\/|@Microsoft).)*?\/(certificates|keys)\//i;

/** Tells of a reference to a vault in an app setting that no app resolves. Source: docs/facts/app-service.md#references-to-a-vault. */
export function checkVaultReference(
  reading: DocumentFiles,
  { path, at, text }: { path: string; at: () => string; text: string },
) {
  if (!text.includes('KeyVault(')) return;
  const collection = reference.exec(text)?.[1]?.toLowerCase();
  if (collection === undefined) return;
  reading.report(vaultReference, {
    path,
    at: at(),
    part: 'value',
    message: `the setting refers to /${collection}/ of a vault, and only an address with /secrets/ is resolved`,
    help:
      collection === 'certificates'
        ? 'write /secrets/ and the same name: the secret of a certificate has its key'
        : 'keep the value as a secret, and write /secrets/ and its name',
  });
}
