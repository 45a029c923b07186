import type { Rule } from '../../rule.ts';
import { Composed } from '../../sign-ins/form.ts';
import type { Given } from '../../sign-ins/members.ts';
import { requestsOf } from '../../sign-ins/requests.ts';
import type { Subject } from '../../subject.ts';

export const jsonAsText: Rule = {
  name: 'json-as-text',
  severity: 'info',
  category: 'style',
  summary: 'A JSON body of an HTTP call is written as JSON, not as a text that holds it',
  check: (subject, report) => {
    for (const { operation, members } of requestsOf(subject)) {
      const { name } = operation;
      const body = members.given('body');
      if (!body || subject.isArmExpression(body.written) || !isText(subject, body)) continue;
      // A number for each expression is JSON in quotes and without.
      if (!isJson(Composed.of(subject, body).textWith('0'))) continue;
      report({
        pointer: body.pointer,
        message: subject.templateAt(body.pointer)
          ? `the body of "${name}" is JSON in a text: a quote or a line break in a value that is put into it breaks it`
          : `the body of "${name}" is JSON in a text, and the designer makes an object of it`,
        help: 'write the object itself; an expression that is all of a value keeps its type there',
      });
    }
  },
};

/** Whether a value is a text that stands there, with expressions in it or put together by concat(). */
function isText(subject: Subject, { written, pointer }: Given): boolean {
  if (typeof written !== 'string') return false;
  const template = subject.templateAt(pointer)?.template;
  if (template?.kind !== 'expression') return /^\s*[{[]/.test(written);
  return template.expression.kind === 'call' && /^concat$/i.test(template.expression.name);
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
