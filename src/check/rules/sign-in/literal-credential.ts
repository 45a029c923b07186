import { credentialMembers } from '../../../definition/authentication.ts';
import { entryOf } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';
import type { SignIn, SignInValue } from '../../sign-ins/sign-in.ts';
import { signInsOf } from '../../sign-ins/sign-ins.ts';

export const literalCredential: Rule = {
  name: 'literal-credential',
  severity: 'warning',
  category: 'security',
  summary: 'No password, secret or certificate that something signs in with stands in the definition itself',
  check: (subject, report) => {
    const help = 'read it from Key Vault with Get secret, or take it from a parameter of type SecureString';
    for (const signIn of signInsOf(subject)) {
      // Of what stands in files beside the definition, those who read these files tell.
      if (signIn.in !== undefined) continue;
      for (const key of credentialsOf(signIn)) {
        const given = signIn.value(key);
        if (!given?.literal) continue;
        report({
          pointer: given.pointer,
          isSecret: true,
          message: `${key} of "${signIn.name}" stands in the definition, where everyone who may read it sees it`,
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
        message: `"${origin.action.name}" holds what "${use.operation?.name}" signs in with: it stands in the definition, where everyone who may read it sees it`,
        path: steps,
        help,
      });
    }
  },
};

/** What of a sign-in must stay secret. */
function credentialsOf(signIn: SignIn): readonly SignInValue[] {
  if (signIn.way === 'token-request') return ['secret', 'password'];
  return entryOf(credentialMembers, signIn.type) ?? [];
}
