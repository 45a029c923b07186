import { vaultRoles } from '../../cloud/roles.ts';
import guideTemplate from '../../generated/templates/guide/guide.md.js';
import powershellTemplate from '../../generated/templates/guide/setup.ps1.js';
import azTemplate from '../../generated/templates/guide/setup.sh.js';
import { isDeveloperMachine } from '../../spec/developer-machine.ts';
import { render } from '../../text/render.ts';
import type { SetupAims } from '../aims.ts';
import type { Wanted, WantedToSignIn } from '../wanted.ts';
import { entraSteps } from './entra-steps.ts';
import { federatedWords } from './federated.ts';
import { fileSteps } from './file-steps.ts';
import { grantSteps } from './grant-steps.ts';
import { identityRightSteps, newIdentitySteps } from './identity-steps.ts';
import { managedIdentityAdvice } from './managed-identity.ts';
import { az, file, ps, sh } from './quote.ts';
import { vaultSteps } from './vault-steps.ts';

export type ScriptKind = 'az' | 'powershell';

/**
 * The whole way from nothing to a workflow that works, or to an app that can be debugged, for one environment of a spec, as Markdown;
 * `picture` is the workflow in Mermaid.
 */
export function guide(wanted: SetupAims, { picture = '' }: { readonly picture?: string } = {}): string {
  const steps = setupSteps(wanted);
  const { certificate, identity } = wanted;
  const advice = certificate && isInAzure(certificate) ? managedIdentityAdvice(certificate) : [];
  const commands = steps.flatMap(({ az, powershell }) => [...az, ...powershell]);
  return render(guideTemplate, {
    fence: fenceAround(commands.join('\n')),
    ...heading(wanted),
    picture: picture.trimEnd(),
    // A developer's machine has no managed identity.
    advice,
    someNeedNoCertificate: advice.some(({ does }) => does),
    hasCertificate: certificate !== undefined,
    federated: identity === undefined ? '' : federatedWords(certificate !== undefined),
    steps: steps.map((step, index) => ({
      ...step,
      number: index + 1,
      az: step.az.join('\n'),
      powershell: step.powershell.join('\n'),
    })),
    signInAz: wanted.cloud.name === 'public' ? '' : `az cloud set --name ${wanted.cloud.azureCliName}`,
    portalAddress: wanted.cloud.portal,
    last: steps.length,
    next: steps.length + 1,
    afterNext: steps.length + 2,
    ...targetsOf(wanted),
    ...(certificate && signInOf(certificate)),
    option: environmentOption(wanted),
  });
}

/** Where it goes, by the keys of the spec. */
function targetsOf({ environment: { targets } }: SetupAims) {
  const { consumption, standard, appService, powerAutomate } = targets;
  const deployed = [consumption, standard, appService].filter((target) => target !== undefined);
  return {
    consumption: consumption !== undefined,
    standard: standard !== undefined,
    appService: appService !== undefined,
    powerAutomate: powerAutomate !== undefined,
    several: deployed.length > 1,
    hasTarget: deployed.length > 0 || powerAutomate !== undefined,
  };
}

/** What is typed into the designer. Source: docs/facts/sign-in.md#the-http-action. */
function signInOf({ environment, application, cloud, vault, certificate }: WantedToSignIn) {
  const audiences = environment.addresses.flatMap(({ audience }) => audience ?? []);
  return {
    vaultName: vault?.name ?? '',
    readerRole: vault?.access === 'policy' ? 'the secret permission Get' : `the role ${vaultRoles.secretsUser.name}`,
    certificateName: certificate.name,
    // The public cloud is what the field means when it is empty.
    authority: cloud.name === 'public' ? '' : cloud.authority,
    tenant: application?.tenant ?? '',
    clientId: application?.clientId ?? '',
    audiences: [...new Set(audiences)],
  };
}

/** The same as a script that whoever has the rights can read and run: it finds what is there, and makes what is not. */
export function setupScript(wanted: SetupAims, kind: ScriptKind): string {
  const steps = setupSteps(wanted).map(({ title, who, az, powershell }) => ({
    title,
    who,
    commands: (kind === 'az' ? az : powershell).join('\n'),
  }));
  const tenant = wanted.certificate?.application?.tenant ?? '';
  const { cloud } = wanted;
  return kind === 'az'
    ? render(azTemplate, {
        ...heading(wanted),
        steps,
        cloud: sh(cloud.azureCliName),
        tenant: tenant === '' ? '' : az('--tenant', tenant),
      })
    : render(powershellTemplate, {
        ...heading(wanted),
        steps,
        cloud: ps(cloud.azureCliName),
        graphEnvironment: ps({ public: 'Global', usGovernment: 'USGov', china: 'China' }[cloud.name]),
        tenant: tenant === '' ? '' : ps(tenant),
      });
}

/** Longer than any run of backticks within, which would end the block. */
function fenceAround(text: string): string {
  return '`'.repeat(Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
}

function setupSteps({ certificate, identity }: SetupAims) {
  return [
    ...(identity ? newIdentitySteps(identity) : []),
    ...(certificate ? certificateSteps(certificate) : []),
    ...(identity ? identityRightSteps(identity) : []),
  ];
}

function certificateSteps(wanted: WantedToSignIn) {
  return isInAzure(wanted)
    ? [...vaultSteps(wanted), ...entraSteps(wanted), ...grantSteps(wanted)]
    : [...fileSteps(wanted), ...entraSteps(wanted)];
}

function isInAzure(wanted: WantedToSignIn): wanted is Wanted {
  return wanted.vault !== undefined;
}

function heading({ spec, environment }: SetupAims) {
  return { isLocal: isDeveloperMachine(environment), name: spec.name, environment: environment.name, file: spec.source.fileName };
}

function environmentOption({ environment, spec }: SetupAims): string {
  return `${sh(file(spec.source.fileName))}${environment.name === '' ? '' : ` --environment ${sh(environment.name)}`}`;
}
