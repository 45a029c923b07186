import { listDemands } from '../check/secret-flow/demand.ts';
import { requestsAt } from '../check/sign-ins/requests.ts';
import type { GroupSignIn } from '../check/sign-ins/sign-in.ts';
import { groupSignIns } from '../check/sign-ins/sign-ins.ts';
import { Subject } from '../check/subject.ts';
import { vaultRead } from '../check/vault-read.ts';
import { type ActionEntry, walkStrings } from '../definition/walk.ts';
import { asText } from '../diagnostics/words.ts';
import { listReferences } from '../expression/references.ts';
import type { OpenedDefinition } from '../formats/reading/opened-document.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import type { WorkflowFile } from '../spec/workflow-file.ts';

/** What a spec takes from the workflow that it names as its own. */
export function workflowFileOf(opened: OpenedDefinition): WorkflowFile {
  const subject = new Subject(opened.definition, opened);
  const host = opened.host ?? 'consumption';
  const signIns = groupSignIns(subject, 'activedirectoryoauth', 'clientcertificate', 'managedserviceidentity').filter(isOfSpec);
  const [first] = signIns.filter(({ type }) => type === 'activedirectoryoauth');
  const reader = signIns.map((signIn) => readerOf(signIn, subject)).find((action) => action !== undefined);
  const parameter = (name: 'tenant' | 'clientId') => first && parameterIn(first.members.given(name)?.pointer, subject);
  const [tenantId, clientId] = [parameter('tenant'), parameter('clientId')];
  const certificateName = reader && certificateParameter(reader, subject);
  const problem = problemOf(subject, host);
  return {
    host,
    definition: opened.definition,
    trigger: triggerOf(subject),
    requests: signIns.flatMap((signIn) => requestOf(signIn, subject)),
    parameters: {
      ...(tenantId !== undefined && { tenantId }),
      ...(clientId !== undefined && { clientId }),
      ...(certificateName !== undefined && { certificateName }),
      audiences: new Map(
        signIns.flatMap((signIn): [string, string][] => {
          const name = parameterIn(signIn.members.given('audience')?.pointer, subject);
          return name === undefined ? [] : [[signIn.name, name]];
        }),
      ),
    },
    ...(reader && { secret: secretOf(reader) }),
    ...(problem !== undefined && { problem }),
  };
}

/** What a spec can say: a certificate, or the identity that the target has. Which other one a group names, the file alone says. */
function isOfSpec({ type, members, place }: GroupSignIn): boolean {
  if (type !== 'managedserviceidentity') return members.has('pfx');
  return place !== 'connection' && !members.has('identity');
}

/** The parameter that a string is, and nothing else. */
function parameterIn(pointer: string | undefined, subject: Subject): string | undefined {
  const template = pointer === undefined ? undefined : subject.templateAt(pointer)?.template;
  const [only, other] = template ? listReferences(template) : [];
  const isWhole = template?.kind === 'expression' ? template.expression === only?.call : only !== undefined && !other;
  return only?.kind === 'parameter' && isWhole ? only.name : undefined;
}

function requestOf({ name, operation, members, type }: GroupSignIn, subject: Subject): WorkflowFile['requests'][number][] {
  const request = operation && requestsAt(subject, operation.pointer)[0];
  const uri = request?.members.given(request.address);
  const audience = members.given('audience')?.text;
  if (!request || !uri || typeof uri.written !== 'string' || (type !== 'clientcertificate' && audience === undefined)) return [];
  const method = methodOf(request.members.given('method')?.text);
  const url = uri.text ?? addressIn(uri.written);
  return [
    {
      name,
      ...(method && { method }),
      url,
      ...(type === 'clientcertificate' ? { signIn: 'clientCertificate' as const } : { audience: audience ?? '' }),
      ...(type === 'managedserviceidentity' && { signIn: 'managedIdentity' as const }),
    },
  ];
}

/** An address that a run works out, as a spec says it. */
function addressIn(written: string) {
  return written.startsWith('@') && !written.startsWith('@{') ? { expression: written.slice(1) } : { template: written };
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

function methodOf(text = 'GET') {
  return methods.find((method) => method === text.toUpperCase());
}

/** The action that reads the certificate of a sign-in from a vault. */
function readerOf({ members }: GroupSignIn, subject: Subject): ActionEntry | undefined {
  const pointer = members.given('pfx')?.pointer;
  const origin = subject.once(listDemands).find(({ use }) => use.pointer === pointer)?.origin;
  return origin?.kind === 'action' && vaultRead(subject, origin.action) ? origin.action : undefined;
}

/** The parameter that has the name of the certificate. */
function certificateParameter(reader: ActionEntry, subject: Subject): string | undefined {
  return parameterIn(vaultRead(subject, reader)?.pointer, subject);
}

function secretOf({ name, node }: ActionEntry): NonNullable<WorkflowFile['secret']> {
  const connection = /\['([^']+)'\]\s*\??\['connectionId'\]/i.exec(
    asText(member(node, 'inputs', 'host', 'connection', 'name')),
  )?.[1];
  return { action: name, ...(connection !== undefined && { connection }) };
}

/** A spec says of a trigger whether it waits to be called; what polls starts by itself. */
function triggerOf({ triggers }: Subject): WorkflowFile['trigger'] {
  const [trigger] = triggers;
  if (trigger?.typeWord === 'request') {
    const kind = asText(member(trigger.node, 'kind')).toLowerCase();
    return kind === 'button' ? { manual: {} } : { request: {} };
  }
  const recurrence = member(trigger?.node, 'recurrence');
  const frequency = frequencies.find((one) => one === member(recurrence, 'frequency'));
  const interval = member(recurrence, 'interval');
  return { recurrence: { frequency: frequency ?? 'Minute', interval: typeof interval === 'number' ? interval : 1 } };
}

const frequencies = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month'] as const;

function problemOf(subject: Subject, host: WorkflowFile['host']): string | undefined {
  if (host === 'power-automate') return 'a flow is deployed by the solution or package that it is in';
  if (host === 'standard') return 'a workflow of Logic Apps (Standard) is deployed with the files of its app';
  let isComputed = false;
  walkStrings(subject.definition, [], (text) => {
    if (subject.isArmExpression(text)) isComputed = true;
  });
  if (isComputed) return 'its template works out parts of it when that is deployed: deploy the template itself';
  return isObject(subject.definition.actions) ? undefined : 'it has no actions';
}
