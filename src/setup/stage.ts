import { UsageError } from '../diagnostics/errors.ts';
import { isDeveloperMachine } from '../spec/developer-machine.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import type { CertificateFile } from './plan.ts';
import { type Part, partsInAzure, partsLocally, type Step } from './plan.ts';
import { type AnyScene, Scene } from './scene.ts';
import { applicationStep, clientIdStep, credentialStep, principalStep } from './steps/application-steps.ts';
import { certificateStep } from './steps/certificate-step.ts';
import { fileStep } from './steps/file-step.ts';
import { permissionStep } from './steps/permission-step.ts';
import { readerStep } from './steps/reader-step.ts';
import { siteStep } from './steps/site-step.ts';
import { groupStep, ownRightStep, vaultStep } from './steps/vault-steps.ts';
import { wanted, wantedLocally } from './wanted.ts';

/** A scene with the steps on it. */
export interface Stage {
  readonly scene: AnyScene;
  readonly steps: readonly Step[];
}

/** Says what a run for an environment consists of, each time anew. Throws what `wanted` throws. */
export function stageOf(spec: Spec, environment: Environment, file: CertificateFile | undefined) {
  type Around = Omit<ConstructorParameters<typeof Scene>[0], 'wanted'>;
  if (isDeveloperMachine(environment)) {
    if (!file) throw new UsageError(`${environment.name} is a developer's machine: name the file of its certificate.`);
    const aim = wantedLocally(spec, environment);
    return (around: Around): Stage => {
      const scene = new Scene({ ...around, wanted: aim });
      return { scene, steps: [fileStep(scene, file), ...entraSteps(scene)] };
    };
  }
  const aim = wanted(spec, environment);
  return (around: Around): Stage => {
    const scene = new Scene({ ...around, wanted: aim });
    const steps = [
      groupStep(scene),
      vaultStep(scene),
      certificateStep(scene),
      ownRightStep(scene),
      ...entraSteps(scene),
      ...aim.readers.map((reader) => readerStep(scene, reader)),
    ];
    return { scene, steps };
  };
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
export function checkParts(environment: Environment, only: readonly Part[] = []) {
  const isLocal = isDeveloperMachine(environment);
  const there = isLocal ? partsLocally : partsInAzure;
  const other = only.find((part) => !there.includes(part));
  if (other === undefined) return;
  const whose = isLocal ? `${environment.name} is a developer's machine, which` : `An environment in Azure`;
  throw new UsageError(`${whose} has no part ${other}: its parts are ${there.join(', ')}.`);
}
