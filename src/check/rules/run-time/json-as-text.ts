import type { Rule } from '../../rule.ts';
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
      const { written: body, pointer: at = '' } = members.given('body') ?? {};
      if (typeof body !== 'string' || !/^\s*[{[]/.test(body) || subject.isArmExpression(body)) continue;
      const isMixed = subject.templateAt(at) !== undefined;
      if (!isJson(withoutExpressions(subject, body, at))) continue;
      report({
        pointer: at,
        message: isMixed
          ? `the body of "${name}" is JSON in a text: a quote or a line break in a value that is put into it breaks it`
          : `the body of "${name}" is JSON in a text, and the designer makes an object of it`,
        help: 'write the object itself; an expression that is all of a value keeps its type there',
      });
    }
  },
};

/** The text with a number for each expression, which is JSON in quotes and without. */
function withoutExpressions(subject: Subject, text: string, pointer: string): string {
  const template = subject.templateAt(pointer)?.template;
  if (template?.kind !== 'interpolation') return text;
  return template.segments.map((segment) => (segment.kind === 'text' ? segment.text : '0')).join('');
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
