import { secretsOf } from '../check/secret-flow/secrets.ts';
import { groupSignIns } from '../check/sign-ins/sign-ins.ts';
import { Subject } from '../check/subject.ts';
import { vaultRead } from '../check/vault-read.ts';
import type { Surroundings } from '../definition/surroundings.ts';
import type { ActionEntry, OperationEntry } from '../definition/walk.ts';
import { asText } from '../diagnostics/words.ts';
import { member } from '../json/member.ts';

/** A sign-in of a definition with a certificate or a managed identity; what only a run knows is absent. */
export interface DefinedSignIn {
  /** Name of the action. */
  readonly action: string;
  readonly way: 'certificate' | 'identity';
  /** Resource id of a user-assigned identity. */
  readonly identity?: string;
  readonly tenant?: string;
  readonly clientId?: string;
  readonly audience?: string;
  readonly method: string;
  readonly url?: string;
  /** What reads the certificate from a vault. */
  readonly secret?: {
    readonly action: string;
    readonly name?: string;
    readonly version?: string;
    /** Key of the connection among those of the workflow. */
    readonly connection?: string;
  };
}

/** The sign-ins of requests in a definition, as it is deployed: with a certificate, or with a managed identity. */
export function allSignInsIn(definition: unknown, surroundings: Surroundings): DefinedSignIn[] {
  const subject = new Subject(definition, surroundings);
  const identities = groupSignIns(subject, 'managedserviceidentity').flatMap((signIn): DefinedSignIn[] => {
    if (!signIn.operation || signIn.place === 'connection') return [];
    const known = (name: 'audience' | 'identity') => signIn.value(name)?.text;
    return [
      {
        ...requestOf(subject, signIn.operation),
        way: 'identity',
        ...defined({ audience: known('audience'), identity: known('identity') }),
      },
    ];
  });
  return [...signInsIn(definition, surroundings), ...identities];
}

/** The sign-ins with a certificate in a definition, as it is deployed. */
export function signInsIn(definition: unknown, surroundings: Surroundings): DefinedSignIn[] {
  const subject = new Subject(definition, surroundings);
  const { demands } = secretsOf(subject);
  return groupSignIns(subject, 'activedirectoryoauth').flatMap((signIn): DefinedSignIn[] => {
    const { operation } = signIn;
    const pfx = signIn.value('pfx');
    if (!operation || !pfx) return [];
    const known = (name: 'tenant' | 'clientId' | 'audience') => signIn.value(name)?.text;
    const origin = demands.find(({ use }) => use.pointer === pfx.pointer)?.origin;
    return [
      {
        ...requestOf(subject, operation),
        way: 'certificate',
        ...defined({ tenant: known('tenant'), clientId: known('clientId'), audience: known('audience') }),
        ...(origin?.kind === 'action' && { secret: readBy(subject, origin.action) }),
      },
    ];
  });
}

function requestOf(subject: Subject, { name, node, pointer }: OperationEntry) {
  const url = subject.knownText(member(node, 'inputs', 'uri'), `${pointer}/inputs/uri`);
  const method = asText(member(node, 'inputs', 'method') ?? '').toUpperCase() || 'GET';
  return { action: name, method, ...defined({ url }) };
}

function readBy(subject: Subject, action: ActionEntry): NonNullable<DefinedSignIn['secret']> {
  const read = vaultRead(subject, action);
  const [, version] = /\/versions\/([^/]+)\//.exec(asText(member(action.node, 'inputs', 'path'))) ?? [];
  const pinned = version === undefined ? undefined : /^@/.test(version) ? inner(subject, version) : version;
  return {
    action: action.name,
    ...defined({ name: read?.name, version: pinned, connection: connectionKey(action) }),
  };
}

/** The value in `@{encodeURIComponent(parameters('x'))}`, where a parameter has it, and in `@{encodeURIComponent('x')}`. */
function inner(subject: Subject, text: string): string | undefined {
  const [, parameter] = /parameters\('([^']+)'\)/i.exec(text) ?? [];
  return parameter === undefined ? /'([^']+)'/.exec(text)?.[1] : subject.parameterText(parameter);
}

/** The key in `@parameters('$connections')['keyvault']['connectionId']`, or in a reference of Standard. */
function connectionKey({ node }: ActionEntry): string | undefined {
  const connection = member(node, 'inputs', 'host', 'connection');
  const name = asText(member(connection, 'name') ?? '');
  return (
    /\['([^']+)'\]\s*\??\['connectionId'\]/i.exec(name)?.[1] ?? (asText(member(connection, 'referenceName') ?? '') || undefined)
  );
}

type Defined<Members> = { readonly [Key in keyof Members]?: Exclude<Members[Key], undefined> };

function defined<Members extends object>(members: Members): Defined<Members> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<Members>;
}
