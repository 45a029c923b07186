import { UsageError } from '../diagnostics/errors.ts';
import { isDeveloperMachine } from '../spec/developer-machine.ts';
import { hasCertificate, needsOf } from '../spec/needs.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import { IdentityScene } from './identity/identity-scene.ts';
import { identityStep } from './identity/identity-step.ts';
import { identityPermissionStep } from './identity/permission-step.ts';
import { identitySiteStep } from './identity/site-step.ts';
import { wantedIdentity } from './identity/wanted-identity.ts';
import type { CertificateFile } from './plan.ts';
import { type Part, partsInAzure, partsLocally, partsOfIdentity, type Step } from './plan.ts';
import { type AnyScene, Scene } from './scene.ts';
import { applicationStep, clientIdStep, credentialStep, principalStep } from './steps/application-steps.ts';
import { certificateStep } from './steps/certificate-step.ts';
import { fileStep } from './steps/file-step.ts';
import { permissionStep } from './steps/permission-step.ts';
import { readerStep } from './steps/reader-step.ts';
import { siteStep } from './steps/site-step.ts';
import { groupStep, ownRightStep, vaultStep } from './steps/vault-steps.ts';
import { wanted, wantedLocally } from './wanted.ts';

/** Scenes with the steps on them. */
export interface Stage {
  /** That of the certificate; absent where nothing signs in with one. */
  readonly scene?: AnyScene;
  /** That of the managed identities; absent where nothing signs in with one. */
  readonly identities?: IdentityScene;
  readonly steps: readonly Step[];
}

/** Says what a run for an environment consists of, each time anew. Throws what `wanted` throws. */
export function stageOf(spec: Spec, environment: Environment, file: CertificateFile | undefined) {
  type Around = Omit<ConstructorParameters<typeof Scene>[0], 'wanted'>;
  if (isDeveloperMachine(environment)) {
    // Whoever debugs signs in as themselves.
    if (!hasCertificate(environment)) return (): Stage => ({ steps: [] });
    if (!file) throw new UsageError(`${environment.name} is a developer's machine: name the file of its certificate.`);
    const aim = wantedLocally(spec, environment);
    return (around: Around): Stage => {
      const scene = new Scene({ ...around, wanted: aim });
      return { scene, steps: [fileStep(scene, file), ...entraSteps(scene)] };
    };
  }
  const aim = hasCertificate(environment) ? wanted(spec, environment) : undefined;
  const identityAim = wantedIdentity(spec, environment);
  return (around: Around): Stage => {
    const identities = identityAim && new IdentityScene(around.azure, identityAim);
    const scene = aim && new Scene({ ...around, wanted: aim });
    return {
      ...(scene && { scene }),
      ...(identities && { identities }),
      steps: [...(identities ? identitySteps(identities) : []), ...(scene ? certificateSteps(scene) : [])],
    };
  };
}

function certificateSteps(scene: Scene): Step[] {
  return [
    groupStep(scene),
    vaultStep(scene),
    certificateStep(scene),
    ownRightStep(scene),
    ...entraSteps(scene),
    ...scene.wanted.readers.map((reader) => readerStep(scene, reader)),
  ];
}

/** First what has an identity, which reads a vault too perhaps. */
function identitySteps(scene: IdentityScene): Step[] {
  const { identities, permissions } = scene.wanted;
  return identities.flatMap((holder) => [
    identityStep(scene, holder),
    ...permissions.flatMap((permission) => [
      identityPermissionStep(scene, holder, permission),
      ...permission.sites.map((site) => identitySiteStep(scene, holder, site)),
    ]),
  ]);
}

function entraSteps(scene: AnyScene): Step[] {
  const { application } = scene.wanted;
  if (!application) return [];
  return [
    applicationStep(scene, application),
    clientIdStep(scene),
    credentialStep(scene),
    principalStep(scene),
    ...application.permissions.flatMap((permission) => [
      permissionStep(scene, application, permission),
      ...permission.sites.map((site) => siteStep(scene, site)),
    ]),
  ];
}

/** Throws a UsageError for a part that the environment does not have. */
export function checkParts(spec: Spec, environment: Environment, only: readonly Part[] = []) {
  const isLocal = isDeveloperMachine(environment);
  const needs = needsOf(spec);
  const inAzure = [...(needs.identity ? partsOfIdentity : []), ...(needs.certificate ? partsInAzure : [])];
  const there = isLocal ? partsLocally : inAzure;
  const other = only.find((part) => !there.includes(part));
  if (other === undefined) return;
  const whose = isLocal ? `${environment.name} is a developer's machine, which` : `An environment in Azure`;
  throw new UsageError(`${whose} has no part ${other}: its parts are ${there.join(', ')}.`);
}
