import { secretsOf } from '../check/secret-flow/secrets.ts';
import { Subject } from '../check/subject.ts';
import { vaultRead } from '../check/vault-read.ts';
import type { Surroundings } from '../definition/surroundings.ts';
import type { ActionEntry } from '../definition/walk.ts';
import { asText } from '../diagnostics/words.ts';
import { member } from '../json/member.ts';

/** A sign-in of a definition with a certificate, and where the certificate comes from; what only a run knows is absent. */
export interface DefinedSignIn {
  /** Name of the action. */
  readonly action: string;
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

/** The sign-ins with a certificate in a definition, as it is deployed. */
export function signInsIn(definition: unknown, surroundings: Surroundings): DefinedSignIn[] {
  const subject = new Subject(definition, surroundings);
  const { demands } = secretsOf(subject);
  return subject
    .signIns('activedirectoryoauth')
    .filter(({ authentication }) => authentication.pfx !== undefined)
    .map(({ entry, authentication, pointer }) => {
      const known = (name: string) => subject.knownText(authentication[name], `${pointer}/${name}`);
      const origin = demands.find(({ use }) => use.pointer === `${pointer}/pfx`)?.origin;
      const url = subject.knownText(member(entry.node, 'inputs', 'uri'), `${entry.pointer}/inputs/uri`);
      return {
        action: entry.name,
        ...defined({ tenant: known('tenant'), clientId: known('clientId'), audience: known('audience'), url }),
        method: asText(member(entry.node, 'inputs', 'method')).toUpperCase() || 'GET',
        ...(origin?.kind === 'action' && { secret: readBy(subject, origin.action) }),
      };
    });
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
