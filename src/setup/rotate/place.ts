import type { Azure } from '../../azure/azure.ts';
import { type Application, readApplication } from '../../azure/graph.ts';
import { isForbidden } from '../../azure/needing.ts';
import { whoIsSignedIn } from '../../azure/signed-in.ts';
import { listVersions, type VaultCertificateVersion } from '../../azure/vault-certificates.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import type { Spec } from '../../spec/spec.ts';
import { type HeldRights, holdingRights } from '../held-rights.ts';
import { Scene } from '../scene.ts';
import { leftBehind, rightName, type VaultUse } from '../vault-right.ts';
import { type Wanted, wanted } from '../wanted.ts';
import { lookAround, lookWithRights, sharing, usedBy } from './elsewhere.ts';
import type { Pair } from './mark.ts';
import type { RotateOptions, RotateResult } from './result.ts';
import { defaultOverlap, type OldEntry, oldEntries, type UsedElsewhere } from './rotation.ts';

/** Everything that a rotation is about, looked at. */
export interface Place {
  readonly scene: Scene;
  readonly aim: Wanted;
  readonly pair: Pair;
  readonly application: Application;
  readonly tenant: string;
  /** The newest first; at least one. */
  readonly versions: readonly [VaultCertificateVersion, ...VaultCertificateVersion[]];
  /** What is old on the app registration. */
  readonly old: readonly OldEntry[];
  readonly overlapDays: number;
  readonly now: Date;
  /** Does something in the vault, with a right for the moment where that is missing. */
  readonly within: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Asks. Gives the result of a no, or of a plan that nobody is asked about. */
  readonly ask: (what: string, plan?: Partial<RotateResult>) => Promise<RotateResult | undefined>;
}

/**
 * Looks at it, and acts. Rights that were given for it are taken back in the end. Nothing is written before somebody agrees: who may
 * not see the vault is asked for the right to first. Throws a RefusedError where something is missing.
 */
export async function atPlace(
  azure: Azure,
  spec: Spec,
  options: RotateOptions,
  use: VaultUse,
  act: (place: Place) => Promise<RotateResult>,
): Promise<RotateResult> {
  const { result, notTakenBack } = await holdingRights(async (held) => {
    const place = await look(azure, spec, options, use, held);
    return 'outcome' in place ? place : act(place);
  });
  return notTakenBack.length === 0 ? result : { ...result, notTakenBack };
}

async function look(
  azure: Azure,
  spec: Spec,
  options: RotateOptions,
  use: VaultUse,
  held: HeldRights,
): Promise<Place | RotateResult> {
  const { environment, certificate: given, overlapDays = defaultOverlap, now = new Date(), progress = () => {} } = options;
  const chosen = chooseEnvironment(spec, environment);
  const aim = wanted(spec, chosen);
  const target = aim.application;
  if (!target)
    throw new RefusedError(
      `No request of ${spec.source.fileName} signs in to Entra ID: there is no app registration to rotate on.`,
    );
  const tell = (about: string, state: string) => progress({ spec: spec.name, environment: chosen.name, about, state });
  const me = await whoIsSignedIn(azure);
  const scene = new Scene({ azure, wanted: aim, me, given, tell, onClientId: () => {} });
  const vault = await scene.vault();
  const found = await scene.application();
  if (!vault || !found)
    throw new RefusedError(
      `${vault ? `The app registration "${target.displayName}"` : `The vault ${aim.vault.name}`} is not there: run "certflow setup" first.`,
    );
  const right = { azure, vault, place: aim.vault, me, tell };
  const pair = { vault: aim.vault.name, certificate: aim.certificate.name };
  const list = () => listVersions(azure, pair.vault, pair.certificate);
  const ask = asking(options, held);

  const left = await leftBehind(right);
  let versions = await list().catch(unlessForbidden);
  const oldIn = (application: Application, usedElsewhere: UsedElsewhere) =>
    oldEntries({ pair, keyCredentials: application.keyCredentials, versions: versions ?? [], usedElsewhere, now });
  const unused: UsedElsewhere = () => undefined;
  // Others matter only where something may go.
  const mayGo = versions ? oldIn(found, unused).length > 0 : found.keyCredentials.length > 1;
  let neighbours = await lookAround(azure, aim, mayGo ? sharing(aim, found.appId) : []);
  const hidden = neighbours.flatMap((one) => (one.versions === 'hidden' ? [one.environment.vault] : []));
  if (!versions || hidden.length > 0 || left.length > 0) {
    const needed = [...(versions ? [] : [rightName(aim.vault, use)]), ...hidden.map((one) => rightName(one, 'see'))];
    const result = await ask(firstQuestion(pair.vault, needed, left.length > 0));
    if (result) return result;
    held.takeOver(right, left);
    versions ??= await held.within(right, use, list);
    if (oldIn(found, unused).length > 0) neighbours = await lookWithRights(right, aim, held, neighbours);
  }
  const [newest, ...older] = versions;
  if (!newest) throw new RefusedError(noCertificate(aim));
  // Somebody may have thought about the question for a while.
  const application = await readApplication(azure, found.id);
  return {
    scene,
    aim,
    pair,
    application,
    tenant: target.tenant,
    versions: [newest, ...older],
    old: oldIn(application, usedBy(neighbours, { pair, overlapDays, now })),
    overlapDays,
    now,
    within: (act) => held.within(right, use, act),
    ask,
  };
}

/** Asks who gave `confirm`; without it everything is only planned. */
function asking({ confirm }: RotateOptions, held: HeldRights): Place['ask'] {
  return async (what, plan = {}) => {
    if (!confirm) return { outcome: 'planned', message: what, ...plan };
    if (await confirm(what)) return undefined;
    return {
      outcome: 'not confirmed',
      message: held.isAnyHeld ? 'Your right on the vault is taken back. Nothing else was changed.' : 'Nothing was changed.',
    };
  };
}

function firstQuestion(vault: string, needed: readonly string[], isLeft: boolean): string {
  const lines = isLeft ? [`An interrupted run left you a role on the vault ${vault}. It is taken back.`] : [];
  if (needed.length > 0)
    lines.push(
      'You may not see all certificates that this is about. For as long as it takes, you get what is needed of',
      ...needed.map((one) => `  ${one}`),
      'You are asked again before anything else is changed, with every certificate that goes.',
    );
  return lines.join('\n');
}

function unlessForbidden(error: unknown): undefined {
  if (!isForbidden(error)) throw error;
}

export function noCertificate({ vault, certificate }: Wanted): string {
  return `The vault ${vault.name} has no certificate ${certificate.name}: run "certflow setup" first.`;
}
