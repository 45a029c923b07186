import type { Azure } from '../azure/azure.ts';
import { AzureError } from '../azure/azure-error.ts';
import { isForbidden } from '../azure/needing.ts';
import { whoIsSignedIn } from '../azure/signed-in.ts';
import type { KeyAndCertificate } from '../certificate/certificate.ts';
import { RefusedError } from '../diagnostics/errors.ts';
import { chooseEnvironment } from '../spec/choose-environment.ts';
import type { Spec } from '../spec/spec.ts';
import { consentLink, consentRequest } from './consent.ts';
import type { Finding, Part, PlanItem, SetupItem, Step } from './plan.ts';
import { Scene } from './scene.ts';
import { applicationStep, clientIdStep, credentialStep, principalStep } from './steps/application-steps.ts';
import { certificateStep } from './steps/certificate-step.ts';
import { permissionStep } from './steps/permission-step.ts';
import { readerStep } from './steps/reader-step.ts';
import { siteStep } from './steps/site-step.ts';
import { groupStep, ownRightStep, vaultStep } from './steps/vault-steps.ts';
import { type Wanted, wanted } from './wanted.ts';

export interface SetupOptions {
  /** Where to ask, and as whom. */
  readonly azure: Azure;
  /** Needed where the spec has more than one. */
  readonly environment?: string;
  /** The parts to set up; all by default. */
  readonly only?: readonly Part[];
  /** A key and certificate for the vault. Without it the vault makes them, and the key is never outside of it. */
  readonly certificate?: KeyAndCertificate;
  /** Whether to do what the plan says. Asked only where there is something to do and nothing is in the way. */
  readonly confirm: (plan: readonly PlanItem[]) => boolean | Promise<boolean>;
  /** Told of every item before it is done, and after. */
  readonly progress?: (item: PlanItem | SetupItem) => void;
  /** Told, in sentences, what else goes on: roles given and taken back, pauses. */
  readonly report?: (text: string) => void;
  /** Told the client id of the app registration as soon as there is one, so that it can be written into the spec. */
  readonly onClientId?: (clientId: string) => void | Promise<void>;
}

export interface SetupResult {
  readonly plan: readonly PlanItem[];
  /** What became of each item; absent where nothing was done. */
  readonly result?: readonly SetupItem[];
  readonly clientId?: string;
  /** What to send to an administrator where consent is left to them. */
  readonly consent?: { readonly link: string; readonly text: string };
}

/**
 * Compares what a spec needs before its workflow can work with what there is, and makes what is missing: vault and certificate, app
 * registration with permissions, rights of those who read the vault. Nothing is made twice: a run that was broken off is completed by
 * the next. Throws a SpecError for what the spec lacks, a UsageError for a wrong environment, and an AzureError where Azure cannot be
 * asked; what it refuses for want of a right is told as the outcome of its item.
 */
export async function setup(spec: Spec, options: SetupOptions): Promise<SetupResult> {
  const { azure, certificate, only, confirm, progress = () => {}, report = () => {}, onClientId = () => {} } = options;
  const aim = wanted(spec, chooseEnvironment(spec, options.environment));
  const me = await whoIsSignedIn(azure);
  const scene = () => new Scene({ azure, wanted: aim, me, given: certificate, report, onClientId });
  const plan: PlanItem[] = [];
  for (const step of stepsOf(scene(), only)) {
    const finding = await look(step);
    if (finding) plan.push(itemOf(step, finding));
  }
  const isBlocked = plan.some(({ state }) => state === 'blocked');
  const hasWork = plan.some(({ state }) => state !== 'present' && state !== 'left to others');
  if (isBlocked) return { plan };
  if (!hasWork) return { plan, result: plan.map(asItWas) };
  if (!(await confirm(plan))) return { plan };

  // What was looked at for the plan may be old by now: everything is looked at again before it is changed.
  const acting = scene();
  const result: SetupItem[] = [];
  for (const step of stepsOf(acting, only)) {
    const item = await perform(step, progress);
    if (item) {
      result.push(item);
      progress(item);
    }
  }
  const clientId = aim.application && !(only && !only.includes('entra')) ? (await known(acting))?.appId : undefined;
  const isLeft = result.some(({ part, outcome }) => part === 'entra' && outcome === 'left to others');
  return {
    plan,
    result,
    ...(clientId === undefined ? {} : { clientId }),
    ...(isLeft && clientId !== undefined ? { consent: consentFor(aim, azure.profile.authority, clientId) } : {}),
  };
}

function stepsOf(scene: Scene, only: readonly Part[] | undefined): Step[] {
  const { application, readers } = scene.wanted;
  const steps = [
    groupStep(scene),
    vaultStep(scene),
    certificateStep(scene),
    ownRightStep(scene),
    ...(application
      ? [
          applicationStep(scene, application),
          clientIdStep(scene),
          credentialStep(scene),
          principalStep(scene),
          ...application.permissions.flatMap((permission) => [
            permissionStep(scene, application, permission),
            ...permission.sites.map((site) => siteStep(scene, site)),
          ]),
        ]
      : []),
    ...readers.map((reader) => readerStep(scene, reader)),
  ];
  return only === undefined ? steps : steps.filter(({ part }) => only.includes(part));
}

/** How a thing is. What may not be seen does not keep the rest from being looked at. */
async function look(step: Step): Promise<Finding | undefined> {
  try {
    return await step.look();
  } catch (error) {
    if (isForbidden(error)) return { state: 'cannot tell', detail: error.message };
    if (error instanceof RefusedError && !(error instanceof AzureError)) return { state: 'blocked', detail: error.message };
    throw error;
  }
}

async function perform(step: Step, progress: (item: PlanItem) => void): Promise<SetupItem | undefined> {
  const finding = await look(step);
  if (!finding) return undefined;
  const { part, name } = step;
  const told = (outcome: SetupItem['outcome'], detail = finding.detail): SetupItem => ({
    part,
    name,
    outcome,
    ...(detail === undefined ? {} : { detail }),
  });
  if (finding.state === 'present') return told('unchanged');
  if (!finding.apply) return told(finding.state === 'left to others' ? 'left to others' : 'failed');
  progress(itemOf(step, finding));
  try {
    const after = await finding.apply();
    if (after?.state === 'left to others') return told('left to others', after.detail);
    if (after?.state === 'blocked') return told('failed', after.detail);
    return told(after?.state === 'present' ? 'unchanged' : finding.state === 'to change' ? 'changed' : 'created', after?.detail);
  } catch (error) {
    // A right that is missing, or something that is not there because of it: the rest can go on.
    if (isForbidden(error) || (error instanceof RefusedError && !(error instanceof AzureError)))
      return told('failed', (error as Error).message);
    throw error;
  }
}

function asItWas({ state, ...item }: PlanItem): SetupItem {
  return { ...item, outcome: state === 'left to others' ? 'left to others' : 'unchanged' };
}

function itemOf({ part, name }: Step, { state, detail }: Finding): PlanItem {
  return { part, name, state, ...(detail === undefined ? {} : { detail }) };
}

/** The app registration where it is there and may be seen. */
async function known(scene: Scene) {
  return scene.application().catch(() => undefined);
}

function consentFor(aim: Wanted, authority: string, clientId: string): NonNullable<SetupResult['consent']> {
  const { application } = aim;
  if (!application) throw new Error('consent to nothing');
  return {
    link: consentLink(authority, application.tenant, clientId),
    text: consentRequest(application, { clientId, authority }),
  };
}
