import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { isForbidden } from '../azure/needing.ts';
import { whoIsSignedIn } from '../azure/signed-in.ts';
import type { KeyAndCertificate } from '../certificate/certificate.ts';
import type { Progress } from '../deploy/progress.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import type { Proof } from '../proofs/proof.ts';
import { chooseEnvironment } from '../spec/choose-environment.ts';
import type { Spec } from '../spec/spec.ts';
import { consentLink, consentRequest } from './consent.ts';
import type { CertificateFile, Finding, Part, PlanItem, SetupItem, Step } from './plan.ts';
import { leftToMend } from './prove-after.ts';
import type { AnyScene } from './scene.ts';
import { checkParts, type Stage, stageOf } from './stage.ts';

import type { WantedToSignIn } from './wanted.ts';

export interface SetupOptions {
  /** Name of the environment. Needed where the spec has more than one. */
  readonly environment?: string;
  /** The parts to set up; all by default. */
  readonly only?: readonly Part[];
  /** A key and certificate for the vault. Without it the vault makes them, and the key is never outside of it. For a developer's machine: its own. */
  readonly certificate?: KeyAndCertificate;
  /** For a developer's machine: the file of `certificate`, or where a certificate that is made goes. */
  readonly certificateFile?: CertificateFile;
  /** Whether to do what the plan says; asked only where there is something to do. Without it everything is only planned. */
  readonly confirm?: (plan: readonly PlanItem[]) => boolean | Promise<boolean>;
  /** Told of what comes about. */
  readonly progress?: Progress;
  /** The cloud file that was named: commands that cure name it too. */
  readonly cloudFile?: string | undefined;
  /** Told the client id of the app registration where the spec has none, as soon as there is one: to be written there. */
  readonly onClientId?: (clientId: string) => void | Promise<void>;
}

export interface SetupResult {
  /** `blocked`: something stands in the way that only a person can decide, and nothing was changed. */
  readonly outcome: 'planned' | 'blocked' | 'unchanged' | 'set up' | 'incomplete';
  readonly plan: readonly PlanItem[];
  /** What became of each item; absent where nothing was to be done. */
  readonly items?: readonly SetupItem[];
  readonly clientId?: string;
  /** Links of the sign-in that are wrong though everything was set up, or was there; absent where there are none. */
  readonly wrong?: readonly Proof[];
  /** What to send to an administrator where consent is left to them. */
  readonly consent?: { readonly link: string; readonly text: string };
}

/** Plans, asks, and does what the plan says; src/library/setup.ts says what it throws. */
export async function setUp(azure: Azure, spec: Spec, options: SetupOptions): Promise<SetupResult> {
  const { certificate, only, confirm, progress = () => {}, onClientId = () => {} } = options;
  const environment = chooseEnvironment(spec, options.environment);
  checkParts(spec, environment, only);
  const stage = stageOf(spec, environment, options.certificateFile);
  const tell = (about: string, state: string) => progress({ spec: spec.name, environment: environment.name, about, state });
  const me = await whoIsSignedIn(azure);
  const begin = () => stage({ azure, me, given: certificate, tell, onClientId });
  const chosen = ({ steps }: Stage) => (only === undefined ? steps : steps.filter(({ part }) => only.includes(part)));
  const prove = async ({ scene, identities }: Stage): Promise<readonly Proof[]> => {
    // Of a part alone the rest is not expected yet.
    if (only !== undefined) return [];
    const clientId = (await known(scene))?.appId;
    return leftToMend(azure, { certificate: scene?.wanted, identities }, { clientId, cloudFile: options.cloudFile });
  };
  const looking = begin();
  const looked: { readonly step: Step; readonly item: PlanItem }[] = [];
  const planning: Told = new Map();
  for (const step of chosen(looking)) {
    const finding = await look(step, planning);
    if (finding) looked.push({ step, item: itemOf(step, finding) });
  }
  const isThere = looked.some(({ step, item }) => item.state === 'present' && step.links);
  const before = isThere ? await prove(looking) : [];
  const plan = looked.map(({ step, item }) => asProven(step, item, before));
  if (plan.some(({ state }) => state === 'blocked')) return { outcome: 'blocked', plan };
  if (!hasWork(plan)) return { outcome: 'unchanged', plan, ...(before.length > 0 && { wrong: before }) };
  if (!confirm || !(await confirm(plan))) return { outcome: 'planned', plan };

  // What was looked at for the plan may be old by now: everything is looked at again before it is changed.
  azure.memory?.forget('');
  const acting = begin();
  const done: { readonly step: Step; readonly item: SetupItem }[] = [];
  const told: Told = new Map();
  for (const step of chosen(acting)) {
    const item = await perform(step, tell, told);
    if (!item) continue;
    done.push({ step, item });
    tell(item.name, item.outcome);
  }
  const items = done.map(({ item }) => item);
  const clientId = items.some(({ part }) => part === 'entra') ? (await known(acting.scene))?.appId : undefined;
  const isLeft = items.some(({ part, outcome }) => part === 'entra' && outcome === 'left to others');
  const hasFailed = items.some(({ outcome }) => outcome === 'failed');
  const wrong = hasFailed ? [] : await prove(acting);
  return {
    outcome: hasFailed ? 'incomplete' : 'set up',
    plan,
    items: done.map(({ step, item }) => asProven(step, item, wrong)),
    ...(wrong.length > 0 && { wrong }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(isLeft && clientId !== undefined && acting.scene
      ? { consent: consentFor(acting.scene.wanted, azure.profile.authority, clientId) }
      : {}),
  };
}

/** What a step found in order, as the proofs have it: what they call wrong is for somebody else to mend. */
function asProven<Item extends PlanItem | SetupItem>({ links = [] }: Step, item: Item, wrong: readonly Proof[]): Item {
  const isWell = 'state' in item ? item.state === 'present' : item.outcome === 'unchanged';
  const proof = wrong.find((one) => links.some(({ link, about }) => link === one.link && about === one.about));
  if (!isWell || !proof) return item;
  const { found, cure, command } = proof;
  const detail = [
    found,
    ...(cure === undefined ? [] : [cure.replace(/\.$/, '')]),
    ...(command === undefined ? [] : [command]),
  ].join(': ');
  return { ...item, ...('state' in item ? { state: 'left to others' } : { outcome: 'left to others' }), detail };
}

/** Whether there is something to do. What cannot be told counts as such. */
export function hasWork(plan: readonly PlanItem[]): boolean {
  return plan.some(({ state }) => state !== 'present' && state !== 'left to others');
}

/** Errors that have been told, each with the item that it was told of: what several steps need is asked for once. */
type Told = Map<unknown, string>;

/** How a thing is. What may not be seen does not keep the rest from being looked at. */
async function look(step: Step, told: Told): Promise<Finding | undefined> {
  try {
    return await step.look();
  } catch (error) {
    if (!isStandingInTheWay(error)) throw error;
    return { state: isForbidden(error) ? 'cannot tell' : 'blocked', detail: wordsOf(error, step, told) };
  }
}

/** What is told of an error: all of it for the first item, and for those that hang on the same thing what they wait for. */
function wordsOf(error: Error, { name }: Step, told: Told): string {
  const first = told.get(error);
  if (first !== undefined && first !== name) return `waits for the ${first}`;
  told.set(error, name);
  return error.message;
}

/** What only a person can mend: what certflow itself refuses, and a firewall or a policy. */
function isStandingInTheWay(error: unknown): error is RefusedError {
  return error instanceof RefusedError && (!(error instanceof AzureError) || error.status === 403);
}

async function perform(step: Step, tell: AnyScene['tell'], told: Told): Promise<SetupItem | undefined> {
  const finding = await look(step, told);
  if (!finding) return undefined;
  const { part, name } = step;
  // What could not be told beforehand says nothing of how it is now.
  const result = (outcome: SetupItem['outcome'], detail?: string): SetupItem => ({
    part,
    name,
    outcome,
    ...(detail === undefined ? {} : { detail }),
  });
  if (finding.state === 'present') return result('unchanged', finding.detail);
  if (!finding.apply) return result(finding.state === 'left to others' ? 'left to others' : 'failed', finding.detail);
  tell(name, finding.state);
  try {
    const after = await finding.apply();
    if (after?.state === 'left to others') return result('left to others', after.detail);
    if (after?.state === 'blocked') return result('failed', after.detail);
    return result(
      after?.state === 'present' ? 'unchanged' : finding.state === 'to change' ? 'changed' : 'created',
      after?.detail ?? (finding.state === 'cannot tell' ? undefined : finding.detail),
    );
  } catch (error) {
    // A right that is missing, or something that is not there because of it: the rest can go on.
    if (isStandingInTheWay(error)) return result('failed', wordsOf(error, step, told));
    throw error;
  }
}

function itemOf({ part, name }: Step, { state, detail }: Finding): PlanItem {
  return { part, name, state, ...(detail === undefined ? {} : { detail }) };
}

/** The app registration where it is there and may be seen. */
async function known(scene: AnyScene | undefined) {
  return scene?.application().catch(() => undefined);
}

function consentFor(aim: WantedToSignIn, authority: string, clientId: string): NonNullable<SetupResult['consent']> {
  const { application, vault } = aim;
  if (!application) throw new Error('consent to nothing');
  return {
    link: consentLink(authority, application.tenant, clientId),
    text: consentRequest(application, { clientId, authority, keptIn: vault ? 'a key vault' : "a file on a developer's machine" }),
  };
}
