import { hide } from '../check/mends.ts';
import type { GroupSignIn, SignIn, TokenSignIn } from '../check/sign-ins/sign-in.ts';
import { signInsOf } from '../check/sign-ins/sign-ins.ts';
import { Subject } from '../check/subject.ts';
import type { ActionEntry } from '../definition/walk.ts';
import type { Edit } from '../diagnostics/fix.ts';
import type { OpenedDefinition } from '../formats/reading/opened-document.ts';
import type { Ground } from './ground.ts';
import { type Credential, groupChange } from './groups.ts';
import { identityFor } from './identity.ts';
import { idleParameters, takeOutIdle } from './idle.ts';
import { type NewParameter, Parameters } from './parameters.ts';
import type { AdoptItem, Aim, Registration } from './plan.ts';
import { registrationOf } from './registration.ts';
import { Rewriting } from './rewriting.ts';
import { hideReads, secretStep, secretStepName, topOf, vaultHost } from './secret-step.ts';
import { tokenChange, whatTokenIs } from './tokens.ts';

/** What adopting one definition comes to. */
export interface AdoptedDefinition {
  readonly items: readonly AdoptItem[];
  /** Changes of the definition; pointers lead from its root. None where nothing is rewritten. */
  readonly edits: readonly Edit[];
  readonly parameters: readonly NewParameter[];
  /** Parameters of the definition that nothing takes any more. */
  readonly idleParameters: readonly string[];
  /** Whether its sign-ins need a connection to the vault that it has not. */
  readonly needsConnection: boolean;
  /** Whether its sign-ins need the system-assigned identity of the workflow. */
  readonly needsIdentity: boolean;
  /** Names of the actions that go. */
  readonly gone: readonly string[];
  readonly registration: Registration | undefined;
  /** The API of each sign-in that was rewritten, as far as it is told. */
  readonly hosts: readonly string[];
}

/** Finds the sign-ins of a definition that are not to last, and works out what becomes of each. */
export function adoptDefinition(opened: OpenedDefinition, aim: Aim, ground: Ground): AdoptedDefinition {
  const subject = new Subject(opened.definition, opened);
  const rewriting = new Rewriting(subject);
  const registration = registrationOf(subject, aim);
  const parameters = new Parameters(subject, registration, ground.parameterName);
  const name = secretStepName(rewriting);
  const isByIdentity = aim.to === 'managed-identity';
  const credential: Credential = isByIdentity ? identityFor(subject, aim) : { pfx: `@body('${name}')?['value']` };
  const becomes = isByIdentity ? 'managed-identity' : 'certificate';
  const items: AdoptItem[] = [];
  const item = (signIn: SignIn, rest: Pick<AdoptItem, 'what' | 'trouble' | 'becomes' | 'left'>) =>
    items.push({ name: signIn.name, file: opened.file, pointer: placeOf(signIn, opened), ...rest });
  const hosts = new Set<string>();
  const rewrite = (signIn: GroupSignIn | TokenSignIn): Outcome | undefined =>
    signIn.way === 'group'
      ? rewriteGroup(signIn, rewriting, parameters, credential)
      : rewriteToken(signIn, rewriting, parameters, credential);
  const block = ground.problem ?? (isByIdentity ? undefined : blockIn(subject));
  let isRewritten = false;
  for (const signIn of signInsOf(subject)) {
    if (signIn.way === 'header') continue;
    const outcome = block === undefined ? rewrite(signIn) : leftAll(signIn, subject, parameters, credential, block);
    if (!outcome) continue;
    const { what, trouble, left } = outcome;
    item(signIn, { what, trouble, ...(left === undefined ? { becomes } : { left }) });
    const callers =
      signIn.way === 'group' ? [signIn] : signInsOf(subject).filter((one) => one.way === 'header' && one.token === signIn);
    if (left !== undefined) continue;
    isRewritten = true;
    for (const { host } of callers) if (host !== undefined) hosts.add(host);
  }
  if (isRewritten) takeOutIdle(rewriting);
  const readsVault = isRewritten && !isByIdentity;
  const host = readsVault ? vaultHost(rewriting, ground.getSecretType) : undefined;
  const hidden = hideReads(rewriting);
  for (const [action, edits] of hidden) {
    rewriting.add(edits);
    items.push({
      name: action.name,
      file: opened.file,
      pointer: opened.pointer + action.pointer,
      what: 'a secret that is read and shown',
      trouble: 'leaking',
      becomes: 'hidden',
    });
  }
  const step = readsVault ? secretStep(rewriting, name, ground.getSecret(parameters.certificate(aim.certificate), host)) : [];
  return {
    items,
    edits: [
      ...rewriting.edits.filter(({ pointer }) => isLeft(pointer, rewriting)),
      ...step,
      ...rewriting.runAfter.edits(subject.actions),
    ],
    parameters: isRewritten ? parameters.added : [],
    idleParameters: isRewritten ? idleParameters(rewriting) : [],
    needsConnection: readsVault && host === undefined,
    needsIdentity: isRewritten && isByIdentity,
    gone: [...rewriting.runAfter.gone].map((action) => action.name),
    registration: readsVault ? registration : undefined,
    hosts: [...hosts],
  };
}

interface Outcome extends Pick<AdoptItem, 'what' | 'trouble' | 'left'> {}

function rewriteGroup(
  signIn: GroupSignIn,
  rewriting: Rewriting,
  parameters: Parameters,
  credential: Credential,
): Outcome | undefined {
  const { subject } = rewriting;
  const found = groupChange(signIn, subject, parameters, credential);
  if (!found) return undefined;
  const { what, trouble, change } = found;
  if ('left' in change) return { what, trouble, left: change.left };
  if ('tenants' in credential) {
    rewriting.add(change());
    return { what, trouble };
  }
  const user = subject.actions.find((action) => action === signIn.operation);
  if (!user) return { what, trouble, left: 'a trigger signs in before any action has read the vault' };
  rewriting.add(change());
  addUser(user, rewriting);
  return { what, trouble };
}

function rewriteToken(token: TokenSignIn, rewriting: Rewriting, parameters: Parameters, credential: Credential): Outcome {
  const found = { what: whatTokenIs(token), trouble: token.request.service === 'acs' ? 'dead' : 'weak' } as const;
  const change = tokenChange(token, rewriting, parameters, credential);
  if ('left' in change) return { ...found, left: change.left };
  const next = rewriting.runAfter.without(change.goes);
  if ('reason' in next) return { ...found, left: next.reason };
  rewriting.runAfter = next;
  rewriting.add(change.edits);
  if ('pfx' in credential) for (const user of change.users) addUser(user, rewriting);
  return found;
}

/** One that signs in by the certificate hides what it is given. */
function addUser(user: ActionEntry, rewriting: Rewriting) {
  if (rewriting.users.has(user)) return;
  rewriting.users.add(user);
  rewriting.add(hide(user, ['inputs'])?.edits ?? []);
}

/** Why no action can be put before the others. */
function blockIn({ actions }: Subject): string | undefined {
  const [first] = actions;
  return first && topOf(first).group.hasTransitions
    ? 'agents hand over to each other here, and nothing can be put before them for sure'
    : undefined;
}

function leftAll(
  signIn: GroupSignIn | TokenSignIn,
  subject: Subject,
  parameters: Parameters,
  credential: Credential,
  left: string,
): Outcome | undefined {
  if (signIn.way === 'token-request') return { what: whatTokenIs(signIn), trouble: 'weak', left };
  const found = groupChange(signIn, subject, parameters, credential);
  return found && { what: found.what, trouble: found.trouble, left };
}

function placeOf(signIn: SignIn, opened: OpenedDefinition): string {
  return signIn.in === undefined ? opened.pointer + signIn.pointer : (opened.places?.[signIn.in]?.pointer ?? '') + signIn.pointer;
}

/** What stands in an action that goes needs no change. */
function isLeft(pointer: string, { runAfter }: Rewriting): boolean {
  return ![...runAfter.gone].some((action) => pointer.startsWith(`${action.pointer}/`));
}
