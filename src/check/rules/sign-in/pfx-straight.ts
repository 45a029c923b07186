import { isGetSecret } from '../../../definition/get-secret.ts';
import type { ActionEntry } from '../../../definition/walk.ts';
import type { Fix } from '../../../diagnostics/fix.ts';
import { expressionsOf, referenceOf } from '../../../expression/references.ts';
import type { Expression } from '../../../expression/syntax.ts';
import type { Rule } from '../../rule.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';
import { stepsOf } from '../../secret-flow/way.ts';
import { certificatesGiven } from '../../sign-ins/sign-ins.ts';
import type { Subject } from '../../subject.ts';

export const pfxStraight: Rule = {
  name: 'pfx-straight',
  severity: 'warning',
  category: 'correctness',
  summary: 'The certificate goes from the vault to the sign-in as it is: without base64(), and through no other action',
  check: (subject, report) => {
    for (const entry of certificatesGiven(subject)) {
      const { pointer, operation } = entry;
      const [taint] = secretsOf(subject).flow.taintsAt(entry);
      const way = taint ? stepsOf(taint) : [];
      const encoding = [pointer, ...way.map((step) => step.pointer)].find((at) => encodes(subject, at));
      const path = taint && [...way, { pointer, message: `"${operation?.name}" signs in with it` }];
      if (encoding !== undefined)
        report({
          pointer: encoding,
          message:
            'pfx is wrapped in base64(), but the vault gives base64 already: the sign-in fails with a message about a wrong password',
          help: "take base64() off: @body('Get_secret')?['value']",
          fix: withoutBase64(pointer, subject),
          ...(path && { path }),
        });
      const [detour] = detours(
        subject,
        way.slice(1).map((step) => step.pointer),
      );
      if (detour)
        report({
          pointer,
          message: `the certificate takes a detour through ${detour.type} "${detour.name}", which nothing hides from who reads it next`,
          about: { found: detour.name },
          help: "write the expression of the action that reads it, such as @body('Get_secret')?['value'], straight into pfx",
          ...(path && { path }),
        });
    }
  },
};

/** Whether base64() is called in the string at a pointer. */
function encodes(subject: Subject, pointer: string): boolean {
  const template = subject.templateAt(pointer)?.template;
  return template ? expressionsOf(template).some(callsBase64) : false;
}

function callsBase64(expression: Expression): boolean {
  if (expression.kind !== 'call') return false;
  return /^(base64|encodeBase64)$/i.test(expression.name) || expression.arguments.some(callsBase64);
}

function detours(subject: Subject, pointers: readonly string[]): ActionEntry[] {
  return pointers.flatMap((pointer) => subject.templateAt(pointer)?.action ?? []);
}

/** Only of what Get secret gives is it certain that it is base64 already. */
function withoutBase64(pointer: string, subject: Subject): Fix | undefined {
  const template = subject.templateAt(pointer)?.template;
  if (template?.kind !== 'expression' || template.expression.kind !== 'call') return undefined;
  const call = template.expression;
  const [inner, another] = call.arguments;
  const reference = inner?.kind === 'call' ? referenceOf(inner) : undefined;
  const source = reference?.kind === 'action' && reference.name !== undefined ? subject.actionNamed(reference.name) : undefined;
  if (!inner || another || call.accesses.length > 0 || !isGetSecret(source?.node)) return undefined;
  const parts = [
    { start: call.start, end: inner.start },
    { start: inner.end, end: call.end },
  ];
  return { description: 'take base64() off pfx', edits: [{ kind: 'cut', pointer, parts }] };
}
