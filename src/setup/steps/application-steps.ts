import { X509Certificate } from 'node:crypto';
import { createApplication, createServicePrincipal, updateApplication } from '../../azure/graph.ts';
import { whenReplicated } from '../../azure/when-replicated.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { keyCredential, thumbprintOf, thumbprintOfEntry } from '../key-credentials.ts';
import { present, type Step } from '../plan.ts';
import type { Scene } from '../scene.ts';
import type { WantedApplication } from '../wanted.ts';

/** The app registration itself. */
export function applicationStep(scene: Scene, { displayName }: WantedApplication): Step {
  return {
    part: 'entra',
    name: `app registration "${displayName}"`,
    look: async () => {
      const found = await scene.application();
      if (found) return present(`client id ${found.appId}`);
      return {
        state: 'to create',
        detail: 'for this tenant alone, without redirect address and client secret',
        apply: async () => {
          scene.setApplication(await createApplication(scene.azure, displayName));
          return undefined;
        },
      };
    },
  };
}

/** The client id in the spec, from where the workflow gets it. */
export function clientIdStep(scene: Scene): Step {
  const { wanted } = scene;
  return {
    part: 'entra',
    name: `client id in ${wanted.spec.source.fileName}`,
    look: async () => {
      if (wanted.application?.clientId !== undefined) return undefined;
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
export function principalStep(scene: Scene): Step {
  return {
    part: 'entra',
    name: 'service principal of the app registration',
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
export function credentialStep(scene: Scene): Step {
  const { wanted, azure } = scene;
  return {
    part: 'entra',
    name: `certificate ${wanted.certificate.name} on the app registration`,
    look: async () => {
      const application = await scene.application();
      const der = await scene.certificate();
      const others = application?.keyCredentials.length ?? 0;
      const detail = others === 0 ? 'its public part' : `its public part, beside the ${others} there`;
      if (application && der) {
        const thumbprint = thumbprintOf(der);
        if (application.keyCredentials.some((entry) => thumbprintOfEntry(entry) === thumbprint))
          return present(`until ${new X509Certificate(der).validToDate.toISOString().slice(0, 10)}`);
      }
      return {
        state: 'to create',
        detail,
        apply: async () => {
          const target = await applicationOf(scene);
          const certificate = await scene.certificate();
          if (!certificate)
            throw new RefusedError(
              `The app registration waits for the certificate, which is not in the vault ${wanted.vault.name} yet: set up the vault first, or name it with --pfx.`,
            );
          const keyCredentials = [...target.keyCredentials, keyCredential(certificate, wanted.certificate.subject)];
          await whenReplicated(azure, () => updateApplication(azure, target, { keyCredentials }));
          return undefined;
        },
      };
    },
  };
}

export async function applicationOf(scene: Scene) {
  const application = await scene.application();
  if (!application) throw new RefusedError('This waits for the app registration, which is not there.');
  return application;
}
