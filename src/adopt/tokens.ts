import { listDemands } from '../check/secret-flow/demand.ts';
import { Composed } from '../check/sign-ins/form.ts';
import { requestsAt } from '../check/sign-ins/requests.ts';
import type { HeaderSignIn, TokenSignIn } from '../check/sign-ins/sign-in.ts';
import { signInsOf } from '../check/sign-ins/sign-ins.ts';
import { isSharePointAudience } from '../cloud/audiences.ts';
import type { ActionEntry } from '../definition/walk.ts';
import type { Edit } from '../diagnostics/fix.ts';
import { isObject } from '../json/json.ts';
import { actsAsPerson, type Credential, certificateGroup } from './groups.ts';
import { identityGroup, tenantLeft } from './identity.ts';
import { isSameLater } from './later.ts';
import type { Parameters } from './parameters.ts';
import type { Leaving, Rewriting } from './rewriting.ts';
import { whoNeeds } from './uses.ts';

/** What a request for a token by hand becomes: groups in the actions that send the token, and the actions that go. */
export interface TokenChange {
  readonly edits: readonly Edit[];
  readonly goes: ReadonlySet<ActionEntry>;
  readonly users: readonly ActionEntry[];
}

type Left = { readonly left: string };

/** The words for what it is. */
export function whatTokenIs({ request }: TokenSignIn): string {
  if (request.service === 'acs') return 'a token of Azure ACS, asked for by hand';
  switch (request.grant) {
    case 'password':
      return 'a token asked for by hand, with user name and password';
    case 'refresh_token':
      return 'a token asked for by hand, with the refresh token of a person';
    default:
      return request.has('client_assertion')
        ? 'a token asked for by hand, with an assertion'
        : 'a token asked for by hand, with a secret';
  }
}

/** Takes a token request and the headers that are made of its answer together; or says why they are left. */
export function tokenChange(
  token: TokenSignIn,
  rewriting: Rewriting,
  parameters: Parameters,
  credential: Credential,
): TokenChange | Left {
  const { subject } = rewriting;
  const action = subject.actions.find((each) => each === token.operation);
  if (!action) return { left: 'a trigger asks for it, and no action can do that before it' };
  const told = toldBy(token, parameters, credential);
  if ('left' in told) return told;
  const headers = signInsOf(subject).filter(
    (signIn): signIn is HeaderSignIn => signIn.way === 'header' && signIn.token === token,
  );
  if (headers.length === 0) return { left: 'no header of an HTTP action is made of its answer alone' };
  const edits: Edit[] = [];
  const goes = new Set<ActionEntry>([action]);
  const users: ActionEntry[] = [];
  for (const header of headers) {
    const changed = headerChange(header, action, rewriting, told, parameters);
    if ('left' in changed) return changed;
    if (!isSameLater(told.sources, action, changed.user, subject))
      return { left: `what it is made of may be another value by the time "${changed.user.name}" runs` };
    edits.push(...changed.edits);
    for (const carrier of changed.carriers) goes.add(carrier);
    users.push(changed.user);
  }
  addVariables(goes, rewriting);
  const leaving: Leaving = { places: new Set(edits.map(({ pointer }) => pointer)), actions: goes };
  for (const one of goes) {
    const many = subject.variables.filter((variable) => variable.action === one).length > 1;
    const needs = many ? `"${one.name}" makes other variables, too` : whoNeeds(one, rewriting, leaving);
    if (needs !== undefined) return { left: needs };
  }
  return { edits, goes, users };
}

/** Where a token was kept in variables that nothing else reads, those who make these variables go, too. */
function addVariables(goes: Set<ActionEntry>, { subject }: Rewriting) {
  const names = new Set(
    [...goes].flatMap(({ node, typeWord }) =>
      typeWord === 'setvariable' && isObject(node.inputs) ? [String(node.inputs.name).toLowerCase()] : [],
    ),
  );
  for (const { name, action } of subject.variables) if (names.has(name.toLowerCase())) goes.add(action);
}

/** What a token request says of the sign-in. */
interface Told {
  readonly audience: Composed | { readonly sharePoint: Composed };
  /** The group that signs in to an audience. */
  readonly group: (audience: string) => object;
  /** What the group is made of. */
  readonly sources: readonly Composed[];
}

function toldBy({ request }: TokenSignIn, parameters: Parameters, credential: Credential): Told | Left {
  const { service, grant, tenantPart } = request;
  if (grant === 'password' || grant === 'refresh_token') return { left: actsAsPerson };
  if (grant !== 'client_credentials')
    return { left: grant === undefined ? 'what it asks with is computed' : `it asks with ${JSON.stringify(grant)}` };
  if (tenantPart.isKnown && /^(?:common|organizations|consumers)?$/i.test(tenantPart.text))
    return { left: 'it names no tenant, and an application has to' };
  const audience = audienceOf(request);
  if ('left' in audience) return audience;
  const asked = 'sharePoint' in audience ? audience.sharePoint : audience;
  if ('tenants' in credential) {
    const left = tenantLeft(tenantPart, credential);
    return left === undefined ? { audience, group: identityGroup, sources: [asked] } : { left };
  }
  const tenant = parameters.tenant(literalOf(tenantPart)) ?? tenantPart.template;
  if (tenant === undefined) return { left: 'its tenant is computed' };
  const client = service === 'acs' ? undefined : request.part('client_id');
  const clientId = client ? (parameters.client(literalOf(client)) ?? client.template) : parameters.client(undefined);
  if (clientId === undefined || clientId === '')
    return { left: service === 'acs' ? unknownClient : 'its form tells no client_id' };
  const group = (api: string) => certificateGroup({ tenant, clientId, audience: api }, credential.pfx);
  return { audience, group, sources: [tenantPart, ...(client ? [client] : []), asked] };
}

const unknownClient =
  'ACS knows applications of its own, and which app registration takes its place is not known: say --client-id';

const literalOf = (part: Composed) => ({ literal: part.isWritten ? part.text : undefined });

/** The API that the token is for: the resource, or the scope without its end. */
function audienceOf(request: TokenSignIn['request']): Told['audience'] | Left {
  const { service, version } = request;
  const resource = request.part('resource');
  if (service === 'acs') {
    const [principal, rest] = resource ? halves(resource, '/') : [];
    if (!principal || !rest || !isSharePointAudience(principal.text))
      return { left: 'it asks ACS for another service than SharePoint' };
    const [host = rest] = halves(rest, '@');
    return host.text === '' ? { left: 'the site that it asks for is not told' } : { sharePoint: host };
  }
  if (version === 1) return resource && resource.text !== '' ? resource : { left: 'its form tells no resource' };
  const scope = request.part('scope');
  const end = '/.default';
  if (!scope?.text.toLowerCase().endsWith(end) || /\s/.test(scope.text))
    return { left: 'its scope is not that of one API as a whole, which ends in /.default' };
  return scope.slice(0, scope.text.length - end.length);
}

/** What stands before the first of a mark, and after it; nothing where there is none. */
function halves(part: Composed, mark: string): [Composed, Composed] | [] {
  const at = part.text.indexOf(mark);
  // A hole is written `@{…}`.
  const real = mark === '@' ? /@(?!\{…\})/.exec(part.text)?.index : at;
  return real === undefined || real < 0 ? [] : [part.slice(0, real), part.slice(real + 1, part.text.length)];
}

interface HeaderChange {
  readonly user: ActionEntry;
  readonly edits: Edit[];
  readonly carriers: readonly ActionEntry[];
}

/** The changes of an action that sends the token, and the actions that only carry it there. */
function headerChange(
  header: HeaderSignIn,
  token: ActionEntry,
  { subject }: Rewriting,
  told: Told,
  parameters: Parameters,
): HeaderChange | Left {
  const { name, operation, place, pointer } = header;
  const user = subject.actions.find((each) => each === operation);
  if (!user || place === 'trigger') return { left: 'a trigger sends it, and no action runs before that' };
  if (subject.order.mayRefer(token, user)) return { left: `"${name}" runs before it` };
  const request = requestsAt(subject, user.pointer).find(({ members }) => pointer.startsWith(`${members.pointer}/`));
  const written = request?.members.group('headers')?.given('authorization');
  if (!request || !written || written.pointer !== pointer) return { left: `"${name}" sends it in another way than a header` };
  if (!/^bearer +@\{…\}$/i.test(Composed.of(subject, written).text))
    return { left: `the header of "${name}" is made of more than its answer` };
  if (request.members.has('authentication')) return { left: `"${name}" signs in in another way, too` };
  const demands = subject.once(listDemands).filter(({ use }) => use.pointer === pointer);
  if (demands.some(({ origin }) => origin.kind !== 'action' || origin.action !== token))
    return { left: `"${name}" may send another token, too` };
  const audience = audienceText(told.audience, header.host, parameters);
  if (audience === undefined) return { left: 'the API that it asks for is computed' };
  const headers = request.members.group('headers');
  const isOnly = headers?.all.length === 1;
  return {
    user,
    edits: [
      { kind: 'remove', pointer: isOnly && headers ? headers.pointer : pointer },
      { kind: 'add', pointer: `${request.members.pointer}/authentication`, value: told.group(audience) },
    ],
    carriers: demands.flatMap(({ steps }) =>
      steps.flatMap((step) => {
        const around = subject.operationAround(step.pointer)?.action;
        const carrier = around === undefined ? undefined : subject.actionNamed(around);
        return carrier && carrier !== user ? [carrier] : [];
      }),
    ),
  };
}

function audienceText(audience: Told['audience'], host: string | undefined, parameters: Parameters): string | undefined {
  if (!('sharePoint' in audience)) {
    if (audience.isWritten) return parameters.audience({ literal: audience.text }, host);
    return audience.template;
  }
  const { sharePoint } = audience;
  if (sharePoint.isWritten) return parameters.audience({ literal: `https://${sharePoint.text}` }, host);
  const { template } = sharePoint;
  if (template === undefined) return undefined;
  return template.startsWith('@') && !template.startsWith('@{') ? `https://@{${template.slice(1)}}` : `https://${template}`;
}
