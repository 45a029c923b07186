import { credentialMembers } from '../../../definition/authentication.ts';
import { secretFormIn } from '../../../diagnostics/secret-forms.ts';
import { isSecretByName } from '../../../diagnostics/secret-names.ts';
import { isObject } from '../../../json/json.ts';
import { entryOf, keyNamed, member } from '../../../json/member.ts';
import { pointerStep } from '../../../json/pointer.ts';
import type { Rule } from '../../rule.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';
import type { SignIn, SignInValue } from '../../sign-ins/sign-in.ts';
import { signInsOf } from '../../sign-ins/sign-ins.ts';
import type { Subject } from '../../subject.ts';

export const literalCredential: Rule = {
  name: 'literal-credential',
  severity: 'warning',
  category: 'security',
  summary: 'No password, secret or certificate that something signs in with is in the definition itself',
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
          message: `${key} of "${signIn.name}" is in the definition, where everyone who may read it sees it`,
          help,
        });
      }
    }
    const told = new Set<string>();
    for (const { origin, use, steps } of secretsOf(subject).demands) {
      const given = origin.kind === 'parameter' && givenValue(origin.name, subject);
      if (given && !told.has(given)) {
        told.add(given);
        report({
          pointer: given,
          in: 'parameters',
          isSecret: true,
          message: `the value of a parameter that "${use.operation?.name}" signs in with is in the file, for everyone who may read that`,
          path: steps,
          help: "take it from a secure parameter of the template; in Standard, from an app setting that refers to a vault: @appsetting('…')",
        });
      }
      if (origin.kind !== 'literal' || told.has(origin.pointer)) continue;
      told.add(origin.pointer);
      report({
        pointer: origin.pointer,
        isSecret: true,
        message: `"${origin.action.name}" holds what "${use.operation?.name}" signs in with: it is in the definition, where everyone who may read it sees it`,
        path: steps,
        help,
      });
    }
  },
};

/** The pointer of the value that a parameter is given, where it stands there as it is. What its form or name tells is another rule's. */
function givenValue(name: string, subject: Subject): string | undefined {
  const { parameters, host } = subject.surroundings;
  const key = isObject(parameters) ? keyNamed(parameters, name) : undefined;
  const value = key === undefined ? undefined : subject.literal(member(parameters, key, 'value'));
  if (key === undefined || !value || value.startsWith('@')) return undefined;
  if (host === 'standard' && (secretFormIn(value) !== undefined || isSecretByName(key, value))) return undefined;
  return `${pointerStep(key)}/value`;
}

/** What of a sign-in must stay secret. */
function credentialsOf(signIn: SignIn): readonly SignInValue[] {
  if (signIn.way === 'token-request') return ['secret', 'password'];
  return entryOf(credentialMembers, signIn.type) ?? [];
}
