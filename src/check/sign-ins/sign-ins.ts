import type { OperationEntry } from '../../definition/walk.ts';
import { isObject } from '../../json/json.ts';
import { keyNamed } from '../../json/member.ts';
import { push } from '../multimap.ts';
import { listDemands } from '../secret-flow/demand.ts';
import type { Subject, TemplateEntry } from '../subject.ts';
import { ofConnections } from './connections.ts';
import { type Given, Members } from './members.ts';
import { type Request, type RequestPlace, requestsOf } from './requests.ts';
import { type GroupSignIn, type HeaderSignIn, readGroup, type SignIn, type SignInValue, type TokenSignIn } from './sign-in.ts';
import { type TokenRequest, tokenRequestsOf } from './token-request.ts';

/**
 * Everything that signs in, in the order of the definition, connections last: actions, triggers, webhooks, MCP tools, connections, and
 * what a workflow does by hand. Source: docs/facts/sign-in.md#where-a-sign-in-stands.
 */
export function signInsOf(subject: Subject): readonly SignIn[] {
  return subject.once(listSignIns);
}

/** The sign-ins with an `authentication` group of a type, given in lower case. */
export function groupSignIns(subject: Subject, ...types: readonly string[]): readonly GroupSignIn[] {
  return signInsOf(subject).filter((signIn) => signIn.way === 'group' && types.includes(signIn.type)) as GroupSignIn[];
}

/** The sign-ins to Entra with a credential, by a group and by hand; those by hand only where an application signs in as itself. */
export function applicationSignIns(subject: Subject): readonly (GroupSignIn | TokenSignIn)[] {
  return signInsOf(subject).filter(
    (signIn): signIn is GroupSignIn | TokenSignIn =>
      signIn.type === 'activedirectoryoauth' &&
      (signIn.way === 'group' || (signIn.way === 'token-request' && signIn.request.grant === 'client_credentials')),
  );
}

/** The expressions that give certificates to sign-ins. */
export function certificatesGiven(subject: Subject): readonly TemplateEntry[] {
  return groupSignIns(subject, 'activedirectoryoauth', 'clientcertificate').flatMap((signIn) => {
    const pfx = signIn.in === undefined ? signIn.value('pfx') : undefined;
    return (pfx && subject.templateAt(pfx.pointer)) ?? [];
  });
}

function listSignIns(subject: Subject): SignIn[] {
  const requests = requestsOf(subject);
  const byOperation = new Map<OperationEntry, Request[]>();
  for (const request of requests) push(byOperation, request.operation, request);
  const groups = subject.operations.flatMap((operation): GroupSignIn[] => {
    const made = byOperation.get(operation);
    if (made) return made.flatMap(({ members, place, host }) => ofGroup(members, operation, place, host));
    const { inputs } = operation.node;
    if (!isObject(inputs) || keyNamed(inputs, 'authentication') === undefined) return [];
    const place = operation.pointer.startsWith('/triggers/') ? 'trigger' : 'action';
    return ofGroup(new Members(subject, inputs, `${operation.pointer}/inputs`), operation, place, undefined);
  });
  const tokens = tokenRequestsOf(subject).map(ofTokenRequest);
  const headers = ofHeaders(subject, requests, tokens);
  return [...inOrder(subject, [...groups, ...tokens, ...headers]), ...ofConnections(subject)];
}

function inOrder(subject: Subject, signIns: readonly SignIn[]): SignIn[] {
  if (signIns.length < 2) return [...signIns];
  const places = new Map(subject.operations.map((operation, index) => [operation, index]));
  const placeOf = ({ operation }: SignIn) => (operation && places.get(operation)) ?? 0;
  return signIns.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function ofGroup(holder: Members, operation: OperationEntry, place: RequestPlace, host: string | undefined): GroupSignIn[] {
  const members = holder.group('authentication');
  if (!members) return [];
  return [{ name: operation.name, operation, place, users: [operation], host, ...readGroup(members) }];
}

/** What the fields of a form are called in a group. */
const fieldNames: Partial<Readonly<Record<SignInValue, string>>> = {
  clientId: 'client_id',
  secret: 'client_secret',
  assertion: 'client_assertion',
  username: 'username',
  password: 'password',
};

function ofTokenRequest(request: TokenRequest): TokenSignIn {
  const { operation, service, tenant, bodyPointer } = request;
  return {
    way: 'token-request',
    name: operation.name,
    operation,
    place: request.request.place,
    users: [operation],
    pointer: bodyPointer,
    in: undefined,
    type: service === 'entra' ? 'activedirectoryoauth' : service,
    host: request.request.host,
    request,
    value: (name) => {
      if (name === 'tenant') return tenant;
      if (name === 'audience') return audienceOf(request);
      const field = fieldNames[name];
      return field === undefined ? undefined : request.given(field);
    },
  };
}

/** The API that a token is for: the resource, or the scope without its end. */
function audienceOf(request: TokenRequest): Given | undefined {
  const given = request.given('resource') ?? request.given('scope');
  const text = given?.text?.replace(/\/\.default$/i, '');
  return given && { ...given, literal: given.literal === undefined ? undefined : text, text };
}

/** Headers made of the answer of a token request, also on a way through other actions. */
function ofHeaders(subject: Subject, requests: readonly Request[], tokens: readonly TokenSignIn[]): HeaderSignIn[] {
  if (tokens.length === 0) return [];
  const made = new Map<string, TokenSignIn>();
  const byOperation = new Map(tokens.map((token) => [token.operation, token]));
  for (const { origin, use } of subject.once(listDemands)) {
    const from = origin.kind === 'action' ? origin.action : origin.kind === 'trigger' ? origin.trigger : undefined;
    const token = from && byOperation.get(from);
    if (token) made.set(use.pointer, token);
  }
  return requests.flatMap(({ operation, place, members, host }): HeaderSignIn[] => {
    const holders = [members.group('headers')?.given('authorization'), members.group('authentication')?.given('value')];
    return holders.flatMap((given): HeaderSignIn[] => {
      const token = given && made.get(given.pointer);
      if (!token) return [];
      const { pointer } = given;
      const own = { name: operation.name, operation, place, users: [operation], pointer, in: undefined, host };
      return [{ ...own, way: 'header', type: 'header', token, value: () => undefined }];
    });
  });
}
