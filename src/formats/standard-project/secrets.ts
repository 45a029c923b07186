import { isConnectionSecret } from '../../definition/connections.ts';
import { walkStrings } from '../../definition/walk.ts';
import { isPlaceholder } from '../../diagnostics/placeholder.ts';
import { secretFormIn } from '../../diagnostics/secret-forms.ts';
import { isSecretByName } from '../../diagnostics/secret-names.ts';
import { isTemplate } from '../../expression/template.ts';
import { member } from '../../json/member.ts';
import { toPointer } from '../../json/pointer.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { appSecret } from '../reading/package-rules.ts';

/** Members of an `authentication` that hold a secret beside those: of Raw, QueryString and Key. */
const ofAuthentication: ReadonlySet<string> = new Set(['key', 'parameter', 'value']);

/**
 * Tells of secrets that stand in a file of an app as they are: by their form, by the member that they stand in, by the name of the
 * setting or parameter.
 */
export function checkSecrets(reading: DocumentFiles, { name, path, value }: { name: string; path: string; value: unknown }) {
  const start = name === 'local.settings.json' ? ['Values'] : [];
  walkStrings(member(value, ...start), [...start], (text, keys) => {
    const what = secretFormIn(text) ?? (isLiteral(text) && isSecret(name, keys, text) ? 'a secret' : undefined);
    if (what === undefined || text.includes(emulator)) return;
    reading.report(appSecret, {
      path,
      at: toPointer(keys),
      part: 'value',
      isSecret: true,
      message: `${what} stands in ${name}, for everyone who may read that file`,
      help:
        name === 'local.settings.json'
          ? 'keep the file out of git and out of packages, or refer to a vault: @Microsoft.KeyVault(SecretUri=…)'
          : "read it from an app setting, @appsetting('…'), which in Azure refers to a vault",
    });
  });
}

/** The account of the storage emulator: its key is published. */
const emulator = 'devstoreaccount1';

function isSecret(file: string, keys: readonly (string | number)[], text: string): boolean {
  const last = String(keys.at(-1) ?? '').toLowerCase();
  // The value of a parameter is told by the name of that.
  const name = file === 'parameters.json' && keys.length === 2 ? String(keys[0]) : last;
  if (isSecretByName(name, text)) return true;
  if (file === 'local.settings.json' || (file === 'parameters.json' && keys.length <= 2)) return false;
  const isInAuthentication = keys.slice(0, -1).some((key) => String(key).toLowerCase() === 'authentication');
  return isConnectionSecret(last) || ((isInAuthentication || file === 'parameters.json') && ofAuthentication.has(last));
}

/** Whether a text is the secret itself: no expression, no reference, nothing to be filled in. */
function isLiteral(text: string): boolean {
  return text.trim() !== '' && !isTemplate(text) && !text.startsWith('@') && !isPlaceholder(text);
}
