import { authenticationOf, authenticationType, credentialMembers } from '../../../definition/authentication.ts';
import { entryOf } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';

export const literalCredential: Rule = {
  name: 'literal-credential',
  severity: 'warning',
  category: 'security',
  summary: 'No password, secret or certificate that something signs in with stands in the definition itself',
  check: (subject, report) => {
    const help = 'read it from Key Vault with Get secret, or take it from a parameter of type SecureString';
    for (const { node: action, name, pointer } of subject.actions) {
      const authentication = authenticationOf(action);
      for (const key of authentication ? (entryOf(credentialMembers, authenticationType(authentication)) ?? []) : []) {
        const value = authentication?.[key];
        const at = `${pointer}/inputs/authentication/${key}`;
        if (typeof value !== 'string' || value === '' || subject.templateAt(at) || subject.literal(value) === undefined) continue;
        report({
          pointer: at,
          isSecret: true,
          message: `${key} of "${name}" stands in the definition, where everyone who may read it sees it`,
          help,
        });
      }
    }
    const told = new Set<string>();
    for (const { origin, use, steps } of secretsOf(subject).demands) {
      if (origin.kind !== 'literal' || told.has(origin.pointer)) continue;
      told.add(origin.pointer);
      report({
        pointer: origin.pointer,
        isSecret: true,
        message: `"${origin.action.name}" holds what "${use.action?.name}" signs in with: it stands in the definition, where everyone who may read it sees it`,
        path: steps,
        help,
      });
    }
  },
};
