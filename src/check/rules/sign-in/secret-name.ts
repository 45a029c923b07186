import { isVaultObjectName } from '../../../cloud/vault-identifiers.ts';
import { isPlaceholder } from '../../../diagnostics/placeholder.ts';
import type { Rule } from '../../rule.ts';
import { vaultRead } from '../../vault-read.ts';

export const secretName: Rule = {
  name: 'secret-name',
  severity: 'warning',
  category: 'correctness',
  summary: 'The name of a secret has letters, digits and hyphens only, as every name in a vault',
  check: (subject, report) => {
    for (const entry of subject.actions) {
      const { name, pointer } = vaultRead(subject, entry) ?? {};
      // What has a slash is an identifier, of which another rule tells.
      if (name === undefined || pointer === undefined || name.includes('/') || isPlaceholder(name)) continue;
      if (isVaultObjectName(name)) continue;
      report({
        pointer,
        message: `"${entry.name}" asks the vault for a name that it cannot have: the answer is 400, BadParameter`,
        help: 'names are 1 to 127 letters, digits and hyphens; copy it from the vault',
      });
    }
  },
};
