import { findDeletedApplication } from '../../azure/deleted-applications.ts';
import { type Application, createApplication, createServicePrincipal } from '../../azure/graph.ts';
import { isForbidden } from '../../azure/needing.ts';
import { findCertificate } from '../../azure/vault-certificates.ts';
import { whenReplicated } from '../../azure/when-replicated.ts';
import { readCertificate } from '../../certificate/index.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { commandOf } from '../../next/command-line.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../proofs/thumbprints.ts';
import { withVaultRight } from '../held-rights.ts';
import { changeKeyCredentials, keyCredential } from '../key-credentials.ts';
import { type Finding, present, type Step } from '../plan.ts';
import { type AnyScene, NoSuchApplication, uniqueNameOf } from '../scene.ts';
import type { WantedApplication } from '../wanted.ts';

/** The app registration itself. */
export function applicationStep(scene: AnyScene, { displayName, clientId }: WantedApplication): Step {
  return {
    part: 'entra',
    name: `app registration "${displayName}"`,
    links: [{ link: 'app registration' }],
    look: async () => {
      const uniqueName = uniqueNameOf(displayName);
      const blocked = async (error?: unknown) => {
        const deleted = await deletedFinding(scene, clientId === undefined ? { uniqueName } : { appId: clientId });
        if (deleted === undefined && error !== undefined) throw error;
        return deleted;
      };
      const found = await scene.application().catch(async (error: unknown) => {
        // One that the spec names is not there; who is signed in elsewhere is told that.
        if (!(error instanceof NoSuchApplication)) throw error;
        return blocked(error);
      });
      if (found && 'state' in found) return found;
      if (found) return present(`client id ${found.appId}`);
      const deleted = await blocked();
      if (deleted) return deleted;
      return {
        state: 'to create',
        detail: 'for this tenant alone, without redirect address and client secret',
        apply: async () => {
          scene.setApplication(await createApplication(scene.azure, { displayName, uniqueName }));
          return undefined;
        },
      };
    },
  };
}

/** What was deleted keeps its names: it is for somebody to say whether it comes back. */
async function deletedFinding(
  { azure }: AnyScene,
  by: Parameters<typeof findDeletedApplication>[1],
): Promise<Finding | undefined> {
  const deleted = await findDeletedApplication(azure, by).catch((error: unknown) => {
    if (!isForbidden(error)) throw error;
    return undefined;
  });
  if (!deleted) return undefined;
  const item = `${azure.profile.graph.endpoint}/v1.0/directory/deletedItems/${deleted.id}`;
  const when = deleted.deleted === undefined ? '' : ` on ${deleted.deleted.slice(0, 10)}`;
  return {
    state: 'blocked',
    detail: `it was deleted${when}, and keeps its unique name for 30 days: restore it ("${commandOf('az', 'rest', '--method', 'POST', '--url', `${item}/restore`)}"), or remove it for good ("${commandOf('az', 'rest', '--method', 'DELETE', '--url', item)}")`,
  };
}

/** The client id in the spec, from where the workflow gets it. */
export function clientIdStep(scene: AnyScene): Step {
  const { wanted } = scene;
  return {
    part: 'entra',
    name: `client id in ${wanted.spec.source.fileName}`,
    look: async () => {
      if (wanted.application?.clientId !== undefined) return undefined;
      await scene.application();
      return {
        state: 'to change',
        detail: 'written there, and nothing else is changed',
        apply: async () => {
          await scene.onClientId((await applicationOf(scene)).appId);
          return undefined;
        },
      };
    },
  };
}

/** Who the application is in its tenant. */
export function principalStep(scene: AnyScene): Step {
  return {
    part: 'entra',
    name: 'service principal of the app registration',
    links: [{ link: 'service principal' }],
    look: async () => {
      if (await scene.principal()) return present();
      return {
        state: 'to create',
        apply: async () => {
          const { appId } = await applicationOf(scene);
          scene.setPrincipal(await whenReplicated(scene.azure, () => createServicePrincipal(scene.azure, appId)));
          return undefined;
        },
      };
    },
  };
}

/** The certificate on the app registration, beside those that are there. */
export function credentialStep(scene: AnyScene): Step {
  const { wanted } = scene;
  return {
    part: 'entra',
    name: `certificate ${wanted.certificate.name} on the app registration`,
    links: [{ link: 'registered certificate' }],
    look: async () => {
      const application = await scene.application();
      const others = application?.keyCredentials.length ?? 0;
      const detail = others === 0 ? 'its public part' : `its public part, beside the ${others} there`;
      try {
        const der = await scene.certificate();
        if (application && der && hasCertificate(application, der)) return present(until(der));
        return { state: 'to create', detail, apply: () => addCredential(scene) };
      } catch (error) {
        if (!isForbidden(error)) throw error;
        return { state: 'cannot tell', detail: 'you may not see that of the vault', apply: () => addCredential(scene) };
      }
    },
  };
}

async function addCredential(scene: AnyScene): Promise<Finding | undefined> {
  const { azure, wanted } = scene;
  const application = await applicationOf(scene);
  const der = await certificateOf(scene);
  if (hasCertificate(application, der)) return present(until(der));
  const add = [keyCredential(der, wanted.certificate.subject)];
  const { isChanged } = await whenReplicated(azure, () => changeKeyCredentials(azure, application, { add }));
  return isChanged ? undefined : present(until(der));
}

/** The certificate for the registration; where the vault does not show it, by a right for the moment. */
async function certificateOf(scene: AnyScene): Promise<Buffer> {
  const { azure, wanted, me, tell } = scene;
  const { vault: place, certificate } = wanted;
  const vault = await scene.vault();
  const found = await scene.certificate().catch(async (error: unknown) => {
    if (!isForbidden(error) || !vault || !place) throw error;
    const look = () => findCertificate(azure, place.name, certificate.name);
    return (await withVaultRight({ azure, vault, place, me, tell }, 'write', look))?.der;
  });
  if (found) return found;
  if (!place)
    throw new RefusedError('The app registration waits for the certificate file, which is not there yet: leave --only out.');
  throw new RefusedError(
    `The app registration waits for the certificate, which is not in the vault ${place.name} yet: set up the vault first, or name it with --pfx.`,
  );
}

function hasCertificate({ keyCredentials }: Application, der: Buffer): boolean {
  const thumbprint = thumbprintOf(der);
  return keyCredentials.some((entry) => thumbprintOfEntry(entry) === thumbprint);
}

function until(der: Buffer): string {
  return `until ${readCertificate(der, 'The certificate').validToDate.toISOString().slice(0, 10)}`;
}

export async function applicationOf(scene: AnyScene) {
  const application = await scene.application();
  if (!application) throw new RefusedError('This waits for the app registration, which is not there.');
  return application;
}
