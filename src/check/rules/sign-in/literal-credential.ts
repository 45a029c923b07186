import { authenticationOf, authenticationType } from '../../../definition/authentication.ts';
import { entryOf } from '../../../definition/walk.ts';
import type { Rule } from '../../rule.ts';

/** Members of each kind of authentication that hold what must stay secret. */
const credentials: Readonly<Record<string, readonly string[]>> = {
  activedirectoryoauth: ['pfx', 'password', 'secret'],
  clientcertificate: ['pfx', 'password'],
  basic: ['password'],
  raw: ['value'],
};

export const literalCredential: Rule = {
  name: 'literal-credential',
  severity: 'warning',
  category: 'security',
  summary: 'No password, secret or certificate stands in the definition itself',
  check: (subject, report) => {
    for (const { action, name, pointer } of subject.actions) {
      const authentication = authenticationOf(action);
      for (const key of authentication ? (entryOf(credentials, authenticationType(authentication)) ?? []) : []) {
        const value = authentication?.[key];
        const at = `${pointer}/inputs/authentication/${key}`;
        if (typeof value !== 'string' || value === '' || subject.templateAt(at) || subject.isArmExpression(value)) continue;
        report({
          pointer: at,
          part: 'key',
          message: `${key} of "${name}" stands in the definition, where everyone who may read it sees it`,
          help: 'read it from Key Vault with Get secret, or take it from a parameter of type SecureString',
        });
      }
    }
  },
};
