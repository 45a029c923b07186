import { authenticationOf } from '../../../definition/authentication.ts';
import { isGetSecret } from '../../../definition/get-secret.ts';
import { member } from '../../../definition/walk.ts';
import type { Fix } from '../../../diagnostics/fix.ts';
import { expressionsOf, referenceOf } from '../../../expression/references.ts';
import type { Template } from '../../../expression/syntax.ts';
import type { Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const pfxStraight: Rule = {
  name: 'pfx-straight',
  severity: 'warning',
  category: 'correctness',
  summary: 'The certificate goes from the vault to the sign-in as it is, without base64()',
  check: (subject, report) => {
    for (const { action, pointer } of subject.actions) {
      if (member(authenticationOf(action), 'pfx') === undefined) continue;
      const entry = subject.templateAt(`${pointer}/inputs/authentication/pfx`);
      for (const expression of entry?.template ? expressionsOf(entry.template) : []) {
        if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'base64') continue;
        report({
          pointer: `${pointer}/inputs/authentication/pfx`,
          message:
            'pfx is wrapped in base64(), but the vault gives base64 already: the sign-in fails with a message about a wrong password',
          help: "take base64() off: @body('Get_secret')?['value']",
          fix: entry?.template && withoutBase64(entry.template, entry.pointer, subject),
        });
      }
    }
  },
};

/** Only of what Get secret gives is it certain that it is base64 already. */
function withoutBase64(template: Template, pointer: string, subject: Subject): Fix | undefined {
  if (template.kind !== 'expression' || template.expression.kind !== 'call') return undefined;
  const call = template.expression;
  const [inner, another] = call.arguments;
  const reference = inner?.kind === 'call' ? referenceOf(inner) : undefined;
  const source = reference?.kind === 'action' && reference.name !== undefined ? subject.actionNamed(reference.name) : undefined;
  if (!inner || another || call.accesses.length > 0 || !isGetSecret(source?.action)) return undefined;
  const parts = [
    { start: call.start, end: inner.start },
    { start: inner.end, end: call.end },
  ];
  return { description: 'take base64() off pfx', edits: [{ kind: 'cut', pointer, parts }] };
}
