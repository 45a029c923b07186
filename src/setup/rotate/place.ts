import type { Azure } from '../../azure/azure.ts';
import type { Application } from '../../azure/graph.ts';
import { whoIsSignedIn } from '../../azure/signed-in.ts';
import { listVersions, type VaultCertificateVersion } from '../../azure/vault-certificates.ts';
import type { KeyAndCertificate } from '../../certificate/certificate.ts';
import type { Progress } from '../../deploy/progress.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import type { Spec } from '../../spec/spec.ts';
import { Scene } from '../scene.ts';
import { leftBehind, takeBack, type VaultUse, withVaultRight } from '../vault-right.ts';
import { type Wanted, wanted } from '../wanted.ts';

export interface RotateOptions {
  /** Name of the environment. Needed where the spec has more than one. */
  readonly environment?: string;
  /** The new key and certificate; without it they are made here, in memory. */
  readonly certificate?: KeyAndCertificate;
  /** Days that the old one stays. Default: 7. */
  readonly overlapDays?: number;
  /** Asked before anything is changed. `what` is a sentence. */
  readonly confirm: (what: string) => boolean | Promise<boolean>;
  /** Told of what comes about. */
  readonly progress?: Progress;
  /** Told of every text that holds a private key, so that nothing prints it. */
  readonly onSecret?: (secret: string) => void;
}

export interface RotateResult {
  readonly outcome: 'rotated' | 'finished' | 'side by side' | 'nothing to finish' | 'not confirmed';
  /** For people, in a sentence or two. */
  readonly message: string;
  /** SHA-1 thumbprint of the certificate that the vault hands out now, base64url. */
  readonly thumbprint?: string;
  /** From when on the old one may be removed; ISO 8601. */
  readonly finishFrom?: string;
  /** Thumbprints that were removed from the app registration. */
  readonly removed?: readonly string[];
}

/** Everything that a rotation is about, looked at. */
export interface Place {
  readonly scene: Scene;
  readonly aim: Wanted;
  readonly application: Application;
  readonly tenant: string;
  readonly within: <Result>(use: VaultUse, act: () => Promise<Result>) => Promise<Result>;
  readonly versions: readonly VaultCertificateVersion[];
}

/** Looks at it. Throws a RefusedError where something is missing. */
export async function placeOf(
  azure: Azure,
  spec: Spec,
  { environment, certificate: given, progress = () => {} }: RotateOptions,
): Promise<Place> {
  const chosen = chooseEnvironment(spec, environment);
  const aim = wanted(spec, chosen);
  const tell = (about: string, state: string) => progress({ spec: spec.name, environment: chosen.name, about, state });
  const me = await whoIsSignedIn(azure);
  const scene = new Scene({ azure, wanted: aim, me, given, tell, onClientId: () => {} });
  const target = aim.application;
  if (!target)
    throw new RefusedError(
      `No request of ${spec.source.fileName} signs in to Entra ID: there is no app registration to rotate on.`,
    );
  const vault = await scene.vault();
  const application = await scene.application();
  if (!vault || !application)
    throw new RefusedError(
      `${vault ? `The app registration "${target.displayName}"` : `The vault ${aim.vault.name}`} is not there: run "certflow setup" first.`,
    );
  // What a killed run left is taken back before anything is given anew.
  const right = { azure, vault, place: aim.vault, me, tell };
  await takeBack(azure, await leftBehind(right));
  const within: Place['within'] = (use, act) => withVaultRight(right, use, act);
  const versions = await within('write', () => listVersions(azure, aim.vault.name, aim.certificate.name));
  if (versions.length === 0) throw new RefusedError(noCertificate(aim));
  return { scene, aim, application, tenant: target.tenant, within, versions };
}

export const notConfirmed: RotateResult = { outcome: 'not confirmed', message: 'Nothing was changed.' };

export function noCertificate({ vault, certificate }: Wanted): string {
  return `The vault ${vault.name} has no certificate ${certificate.name}: run "certflow setup" first.`;
}

export function date(when: Date): string {
  return when.toISOString().slice(0, 10);
}
