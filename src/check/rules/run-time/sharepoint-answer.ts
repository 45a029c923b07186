import { knownService } from '../../../cloud/clouds.ts';
import type { ActionEntry } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import { type Reference, referenceOf } from '../../../expression/references.ts';
import { isObject } from '../../../json/json.ts';
import { partIn } from '../../part-in.ts';
import type { Rule } from '../../rule.ts';
import { Members } from '../../sign-ins/members.ts';
import { requestsOf } from '../../sign-ins/requests.ts';
import type { Subject } from '../../subject.ts';

export const sharepointAnswer: Rule = {
  name: 'sharepoint-answer',
  severity: 'warning',
  category: 'correctness',
  summary: 'What is picked from an answer of SharePoint is in the kind of JSON that was asked for',
  check: (subject, report) => {
    const answers = answersOf(subject);
    if (answers.size === 0) return;
    for (const { entry, reference } of subject.references('action')) {
      const found = read(subject, answers, reference);
      const [key] = found?.keys ?? [];
      const problem = found && key !== undefined ? problems[found.answer.form](key) : undefined;
      if (!found || !problem) continue;
      const { name } = found.answer.call;
      report({
        pointer: entry.pointer,
        part: partIn(entry, reference.call),
        message: `"${name}" ${problem.message}`,
        about: { found: name },
        help: problem.help,
      });
    }
  },
};

type Form = 'verbose' | 'plain' | 'xml';

/** An answer of SharePoint, or what another action passes on of it. */
interface Answer {
  readonly call: ActionEntry;
  readonly form: Form;
  /** What was picked of it already. */
  readonly keys: readonly string[];
}

const plain = 'application/json;odata=nometadata';

/** What is wrong with a property that is picked from an answer, by the form of that. */
const problems: Readonly<Record<Form, (key: string) => { message: string; help: string } | undefined>> = {
  verbose: (key) =>
    key === 'value'
      ? {
          message:
            'asks for odata=verbose, and such an answer has the list in d/results and no value: what is picked here is null',
          help: `ask for ${plain}, or pick ?['d']?['results']`,
        }
      : undefined,
  plain: (key) =>
    key === 'd'
      ? {
          message: 'does not ask for odata=verbose, and no other answer has d: what is picked here is null',
          help: "pick ?['value'] for a list, and properties straight",
        }
      : undefined,
  xml: () => ({
    message: 'has no header accept, and SharePoint answers XML then: no property can be picked from that',
    help: `add the header "accept": "${plain}"`,
  }),
};

function answersOf(subject: Subject): Map<ActionEntry, Answer> {
  const answers = new Map<ActionEntry, Answer>();
  const calls = new Map(requestsOf(subject).map(({ operation, members, host }) => [operation.pointer, { members, host }]));
  for (const call of subject.actions) {
    const request = calls.get(call.pointer);
    const isSharePoint = request?.host !== undefined && knownService(request.host)?.service === 'sharepoint';
    const headers = isSharePoint ? request.members.group('headers') : connectorHeaders(subject, call);
    const form = isSharePoint || headers ? formOf(headers, isSharePoint && isRest(request?.members)) : undefined;
    if (form) answers.set(call, { call, form, keys: [] });
  }
  if (answers.size === 0) return answers;
  // What passes an answer on stands after it, in this order mostly; what does not is passed over.
  for (const action of subject.actions) {
    const at = action.typeWord === 'parsejson' ? '/inputs/content' : action.typeWord === 'compose' ? '/inputs' : undefined;
    const template = at === undefined ? undefined : subject.templateAt(action.pointer + at)?.template;
    const expression = template?.kind === 'expression' ? template.expression : undefined;
    const reference = expression?.kind === 'call' ? referenceOf(expression) : undefined;
    const passed = reference && read(subject, answers, reference);
    if (passed) answers.set(action, { ...passed.answer, keys: passed.keys });
  }
  return answers;
}

/** The answer that an expression reads, and what it picks of it. */
function read(subject: Subject, answers: ReadonlyMap<ActionEntry, Answer>, { name, function: called, call }: Reference) {
  const action = name === undefined ? undefined : subject.actionNamed(name);
  const answer = action && answers.get(action);
  if (!action || !answer) return undefined;
  const picked = call.accesses.flatMap(({ key }) => (key.kind === 'string' ? key.value.toLowerCase().split('/') : ['*']));
  const isOutputs = called === 'outputs' || called === 'actionOutputs';
  // The outputs of Compose are the value itself; of every other action they have it in body.
  const isWhole = action.typeWord === 'compose' ? isOutputs : called === 'body' || called === 'actionBody';
  if (isWhole) return { answer, keys: [...answer.keys, ...picked] };
  return isOutputs && picked[0] === 'body' ? { answer, keys: [...answer.keys, ...picked.slice(1)] } : undefined;
}

/** What is asked for; undefined where it is not known. */
function formOf(headers: Members | undefined, isXmlByDefault: boolean): Form | undefined {
  const accept = headers?.given('accept');
  if (!accept) return isXmlByDefault ? 'xml' : undefined;
  if (accept.text === undefined || !/json/i.test(accept.text)) return undefined;
  return /odata\s*=\s*verbose/i.test(accept.text) ? 'verbose' : 'plain';
}

/** Whether a request goes to the REST service and reads; pages and files are answered as what they are. */
function isRest(members: Members | undefined): boolean {
  const uri = asText(members?.given('uri')?.text ?? members?.given('uri')?.written);
  return /\/_api\//i.test(uri) && !/\/\$value\b/i.test(uri) && /^get$/i.test(asText(members?.given('method')?.written));
}

/** The headers that an action of the SharePoint connector sends on: "Send an HTTP request to SharePoint". */
function connectorHeaders(subject: Subject, { node, typeWord, pointer }: ActionEntry): Members | undefined {
  const { inputs } = node;
  if (!isObject(inputs) || (typeWord !== 'apiconnection' && typeWord !== 'openapiconnection')) return undefined;
  const holder = new Members(subject, inputs, `${pointer}/inputs`);
  const says = (members: Members | undefined, name: string, pattern: RegExp) =>
    pattern.test(asText(members?.given(name)?.written));
  if (typeWord === 'apiconnection' && says(holder, 'path', /^\/datasets\/.*\/httprequest$/is))
    return holder.group('body')?.group('headers');
  const host = typeWord === 'openapiconnection' ? holder.group('host') : undefined;
  if (!says(host, 'operationId', /^HttpRequest$/i) || !says(host, 'apiId', /\/shared_sharepointonline$/i)) return undefined;
  return holder.group('parameters')?.group('parameters/headers');
}
