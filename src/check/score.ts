import { isGetSecret, isSecured } from '../definition/get-secret.ts';
import type { Surroundings } from '../definition/surroundings.ts';
import type { ActionEntry } from '../definition/walk.ts';
import { asText } from '../diagnostics/words.ts';
import { entryOf, member } from '../json/member.ts';
import type { Given } from './sign-ins/members.ts';
import type { SignIn } from './sign-ins/sign-in.ts';
import { signInsOf } from './sign-ins/sign-ins.ts';
import { Subject } from './subject.ts';

/** What a workflow does with secrets and sign-ins, for a score sheet. Holds no secret. */
export interface Score {
  readonly secrets: readonly SecretRead[];
  readonly calls: readonly SignedCall[];
}

/** An action that reads a secret. */
export interface SecretRead {
  readonly action: string;
  /** The secret's name; `parameter x` where only a deployment knows it, `computed` where only a run does. */
  readonly secret: string;
  readonly areOutputsHidden: boolean;
}

/** A trigger, an action or a connection that signs in. */
export interface SignedCall {
  /** Its name. */
  readonly action: string;
  /** Where the sign-in stands, if not in an action: `trigger`, `subscribe`, `unsubscribe`, `mcp-tool`, `connection`. */
  readonly place?: string;
  readonly signIn: string;
  /** Of Entra sign-ins and managed identities, told like the name of a secret. */
  readonly audience?: string;
  /** The secret that the certificate comes from. */
  readonly certificate?: string;
  /** Absent for a connection, which has none. */
  readonly areInputsHidden?: boolean;
}

const signIns: Readonly<Record<string, string>> = {
  activedirectoryoauth: 'client secret',
  basic: 'user name and password',
  clientcertificate: 'certificate (TLS)',
  managedserviceidentity: 'managed identity',
  raw: 'header of its own',
  key: 'key',
};

/** What a definition does with secrets and sign-ins. Never throws for what it holds. */
export function score(definition: unknown, surroundings: Surroundings = {}): Score {
  const subject = new Subject(definition, surroundings);
  const secrets = subject.actions
    .filter(({ node: action }) => isGetSecret(action))
    .map(
      (entry): SecretRead => ({
        action: entry.name,
        secret: secretOf(entry, subject),
        areOutputsHidden: isSecured(entry.node, 'outputs'),
      }),
    );
  const calls = signInsOf(subject).map((signIn): SignedCall => {
    const { name, place, operation } = signIn;
    const pfx = signIn.value('pfx');
    const certificate = pfx && signIn.in === undefined ? certificateOf(pfx.pointer, subject) : undefined;
    const audience = (signIn.way === 'header' ? signIn.token : signIn).value('audience');
    return {
      action: name,
      ...(place === 'action' ? {} : { place }),
      signIn: inWords(signIn),
      ...(audience === undefined ? {} : { audience: audienceOf(audience, subject) }),
      ...(certificate === undefined ? {} : { certificate }),
      ...(operation && { areInputsHidden: isSecured(operation.node, 'inputs') }),
    };
  });
  return { secrets, calls };
}

function secretOf({ node: action, pointer }: ActionEntry, subject: Subject): string {
  const path = asText(member(action, 'inputs', 'path'));
  const literal = /^\/secrets\/([\w-]+)\//.exec(path)?.[1];
  if (literal !== undefined) return literal;
  if (path !== '') return ofReferences(`${pointer}/inputs/path`, subject);
  const name = member(action, 'inputs', 'parameters', 'secretName');
  const at = `${pointer}/inputs/parameters/secretName`;
  const known = subject.knownText(name, at);
  return known !== undefined && /^[\w-]+$/.test(known) ? known : ofReferences(at, subject);
}

/** How something signs in. */
function inWords(signIn: SignIn): string {
  if (signIn.way === 'header') return `token that "${signIn.token.name}" asks for`;
  const hasCertificate = signIn.value('pfx') !== undefined || signIn.value('assertion') !== undefined;
  if (signIn.way === 'group')
    return signIn.type === 'activedirectoryoauth' && hasCertificate
      ? 'certificate'
      : (entryOf(signIns, signIn.type) ?? 'another way');
  const { grant } = signIn.request;
  const credential = hasCertificate
    ? 'certificate'
    : grant === 'password'
      ? 'user name and password'
      : signIn.value('secret')
        ? 'client secret'
        : 'another way';
  return `${credential} (token asked for by hand)`;
}

function audienceOf({ text, pointer }: Given, subject: Subject): string {
  // Whatever else stands there is not shown: it could be a secret in the wrong place.
  if (text !== undefined) return /^(?:[a-z]+:\/\/[\w.:-]+\/?[\w./-]*|[\da-f-]{36})$/i.test(text) ? text : 'no address';
  return ofReferences(pointer, subject);
}

/** The secret that a `pfx` comes from, where it comes straight from the action that reads it. */
function certificateOf(pointer: string, subject: Subject): string | undefined {
  for (const { kind, name } of subject.templateAt(pointer)?.references ?? []) {
    const source = kind === 'action' && name !== undefined ? subject.actionNamed(name) : undefined;
    if (source && isGetSecret(source.node)) return secretOf(source, subject);
  }
  return undefined;
}

/** What is known of a computed text: the value or the name of the only parameter in it. */
function ofReferences(pointer: string, subject: Subject): string {
  const [reference, another] = subject.templateAt(pointer)?.references ?? [];
  if (reference?.kind !== 'parameter' || reference.name === undefined || another) return 'computed';
  const value = subject.parameterText(reference.name);
  return value !== undefined && /^[\w-]+$/.test(value) ? value : `parameter ${reference.name}`;
}
