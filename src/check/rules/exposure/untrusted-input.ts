import type { Expression, Template } from '../../../expression/syntax.ts';
import type { Rule } from '../../rule.ts';
import { Flow } from '../../secret-flow/flow.ts';
import type { Source } from '../../secret-flow/taint.ts';
import { stepsOf } from '../../secret-flow/way.ts';
import { type Request, requestsOf } from '../../sign-ins/requests.ts';
import { signInsOf } from '../../sign-ins/sign-ins.ts';
import type { Subject, TemplateEntry } from '../../subject.ts';
import { isOpenToCallers } from './open-trigger.ts';

export const untrustedInput: Rule = {
  name: 'untrusted-input',
  severity: 'warning',
  category: 'security',
  summary: 'A caller does not choose which host is called, with which sign-in or with which headers',
  check: (subject, report) => {
    const [trigger] = subject.triggers;
    if (!trigger || !isOpenToCallers(subject, trigger)) return;
    const found = requestsOf(subject).flatMap((request) => decisionsOf(subject, request));
    if (found.length === 0) return;
    const step = { pointer: trigger.pointer, part: 'key', message: `a caller sends it to "${trigger.name}"` } as const;
    const source: Source = { kind: 'sibling', words: 'what a caller sends', step };
    const flow = new Flow(subject, [{ node: 'trigger', path: [], source, isHidden: false }]);
    const signing = new Set(signInsOf(subject).map(({ operation }) => operation));
    for (const { request, entry, place } of found) {
      const [taint] = flow.taintsAt(entry);
      if (!taint) continue;
      const { name } = request.operation;
      const signsIn = signing.has(request.operation);
      const { at, what, help } = place;
      report({
        pointer: entry.pointer,
        message: `a caller of the workflow chooses ${what} "${name}"${at === 'address' && signsIn ? ', which then gets its token' : ''}`,
        path: [...stepsOf(taint), { pointer: entry.pointer, message: `"${name}" uses it` }],
        help,
        // Calling back whoever asks is a pattern of its own; a token makes it a hole.
        ...(at === 'address' && !signsIn && { severity: 'info' }),
      });
    }
  },
};

/** What in a request decides whom it calls, and is worked out when it runs. */
function decisionsOf(subject: Subject, request: Request): { request: Request; entry: TemplateEntry; place: DecidingPlace }[] {
  const { members, address } = request;
  return places.flatMap((place) => {
    const given =
      place.at === 'address' ? members.given(address) : (place.in ? members.group(place.in) : members)?.given(place.at);
    const written = given && subject.templateAt(given.pointer);
    if (!written) return [];
    const template = place.at === 'address' ? hostPart(written) : written.template;
    return template ? [{ request, entry: { ...written, template }, place }] : [];
  });
}

interface DecidingPlace {
  /** The member, or the address, whatever it is called. */
  readonly at: string;
  /** The group that the member stands in. */
  readonly in?: 'authentication';
  /** What is chosen there, before the name of the action. */
  readonly what: string;
  readonly help: string;
}

const places: readonly DecidingPlace[] = [
  {
    at: 'address',
    what: 'the host that is called by',
    help: 'take the host from a parameter, and only what follows it from the request',
  },
  {
    at: 'headers',
    what: 'all the headers of',
    help: 'name each header, and take its value from the request where that is meant',
  },
  ...['audience', 'tenant', 'authority'].map((key) => ({
    at: key,
    in: 'authentication' as const,
    what: `the ${key} in the sign-in of`,
    help: `take the ${key} from a parameter`,
  })),
];

/** What of an address decides the host. */
function hostPart({ template }: TemplateEntry): Template | undefined {
  if (template?.kind === 'expression') {
    const expression = firstOf(template.expression);
    return expression && { ...template, expression };
  }
  if (template?.kind !== 'interpolation') return undefined;
  const [first, second] = template.segments;
  const deciding = first?.kind === 'text' ? (/^https?:\/\/$/i.test(first.text) ? second : undefined) : first;
  const expression = deciding?.kind === 'expression' ? firstOf(deciding.expression) : undefined;
  return expression && { ...template, kind: 'expression', expression };
}

/** Of `concat('https://', a, b)`, what stands where the host is; undefined where that is text. */
function firstOf(expression: Expression): Expression | undefined {
  if (expression.kind !== 'call' || !/^concat$/i.test(expression.name)) return expression;
  const [first, second] = expression.arguments;
  if (first?.kind !== 'string') return first && firstOf(first);
  return /^https?:\/\/$/i.test(first.value) ? second && firstOf(second) : undefined;
}
