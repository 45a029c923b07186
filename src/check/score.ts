import { authenticationOf, authenticationType } from '../definition/authentication.ts';
import { isGetSecret, isSecured } from '../definition/get-secret.ts';
import type { Surroundings } from '../definition/surroundings.ts';
import type { ActionEntry } from '../definition/walk.ts';
import { asText } from '../diagnostics/words.ts';
import { entryOf, member } from '../json/member.ts';
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

/** An action that signs in with an `authentication` block. */
export interface SignedCall {
  readonly action: string;
  readonly signIn: string;
  /** Of Entra sign-ins and managed identities, told like the name of a secret. */
  readonly audience?: string;
  /** The secret that the certificate comes from. */
  readonly certificate?: string;
  readonly areInputsHidden: boolean;
}

const signIns: Readonly<Record<string, string>> = {
  activedirectoryoauth: 'client secret',
  basic: 'user name and password',
  clientcertificate: 'certificate (TLS)',
  managedserviceidentity: 'managed identity',
  raw: 'header of its own',
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
  const calls = subject.actions.flatMap((entry): SignedCall[] => {
    const authentication = authenticationOf(entry.node);
    if (!authentication) return [];
    const at = `${entry.pointer}/inputs/authentication`;
    const type = authenticationType(authentication);
    const hasPfx = authentication.pfx !== undefined;
    const certificate = hasPfx ? certificateOf(`${at}/pfx`, subject) : undefined;
    const audience =
      authentication.audience === undefined ? undefined : audienceOf(authentication.audience, `${at}/audience`, subject);
    return [
      {
        action: entry.name,
        signIn: type === 'activedirectoryoauth' && hasPfx ? 'certificate' : (entryOf(signIns, type) ?? 'another way'),
        ...(audience === undefined ? {} : { audience }),
        ...(certificate === undefined ? {} : { certificate }),
        areInputsHidden: isSecured(entry.node, 'inputs'),
      },
    ];
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

function audienceOf(value: unknown, pointer: string, subject: Subject): string {
  const known = subject.knownText(value, pointer);
  // Whatever else stands there is not shown: it could be a secret in the wrong place.
  if (known !== undefined) return /^(?:[a-z]+:\/\/[\w.:-]+\/?[\w./-]*|[\da-f-]{36})$/i.test(known) ? known : 'no address';
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
