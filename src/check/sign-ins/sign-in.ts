import type { OperationEntry } from '../../definition/walk.ts';
import { asText } from '../../diagnostics/words.ts';
import type { SurroundingPart } from '../rule.ts';
import type { Given, Members } from './members.ts';
import type { RequestPlace } from './requests.ts';
import type { TokenRequest } from './token-request.ts';

/** What a sign-in can be given. */
export type SignInValue =
  | 'tenant'
  | 'authority'
  | 'audience'
  | 'clientId'
  | 'pfx'
  | 'secret'
  | 'assertion'
  | 'username'
  | 'password'
  | 'value'
  | 'key'
  | 'identity';

interface Base {
  /** The trigger, the action or the connection that signs in, as messages name it. */
  readonly name: string;
  /** Undefined for a connection, which several can use. */
  readonly operation: OperationEntry | undefined;
  readonly place: RequestPlace | 'connection';
  /** The operations that sign in by it. */
  readonly users: readonly OperationEntry[];
  /** Where it is written: the group `authentication`, the form of a token request, the header. */
  readonly pointer: string;
  /** The part of the surroundings that the pointer leads into. Absent for the definition. */
  readonly in: SurroundingPart | undefined;
  /** The type of an `authentication` group in lower case: `activedirectoryoauth`, `basic`, … */
  readonly type: string;
  /** The host that is called, as far as it is known. */
  readonly host: string | undefined;
  value(name: SignInValue): Given | undefined;
}

/** The service signs in, with what an `authentication` group says. */
export interface GroupSignIn extends Base {
  readonly way: 'group';
  readonly members: Members;
}

/** The workflow asks for a token itself. Of Entra's, the type is that of the group that would do the same. */
export interface TokenSignIn extends Base {
  readonly way: 'token-request';
  readonly request: TokenRequest;
}

/** The workflow puts a token that it asked for into the header. */
export interface HeaderSignIn extends Base {
  readonly way: 'header';
  readonly token: TokenSignIn;
}

/** One place where a workflow shows who it is. */
export type SignIn = GroupSignIn | TokenSignIn | HeaderSignIn;

/** What an `authentication` group says of a sign-in. */
export function readGroup(members: Members): Pick<GroupSignIn, 'way' | 'members' | 'pointer' | 'in' | 'type' | 'value'> {
  const type = asText(members.given('type')?.written).toLowerCase();
  return { way: 'group', members, pointer: members.pointer, in: members.in, type, value: (name) => members.given(name) };
}
