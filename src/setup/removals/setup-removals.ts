import type { Azure } from '../../azure/azure.ts';
import { whoIsSignedIn } from '../../azure/signed-in.ts';
import { findVault } from '../../azure/vaults.ts';
import { isDeveloperMachine } from '../../spec/developer-machine.ts';
import { aimsOf } from '../aims.ts';
import { checkTenant } from '../scene.ts';
import { leftBehind, takeBack } from '../vault-right.ts';
import { type Wanted, type WantedToSignIn, wanted } from '../wanted.ts';
import { type CertificateSeen, lookAtCertificate } from './certificate.ts';
import { identityRemovals } from './identities.ts';
import { readerRemovals } from './readers.ts';
import { type Around, applicationsOf, registrationRemoval, whyItStays } from './registration.ts';
import { notOurs, type SetupPlace, type SetupRemoval, staying, unlessForbidden } from './removal.ts';
import { keptBy, siteRemovals } from './sites.ts';
import { type Users, usersOf } from './users.ts';

export interface SetupRemovalOptions {
  /** All places whose set-up is taken back together: they keep nothing from each other. */
  readonly leaving: readonly SetupPlace[];
  /** The cloud file that was named: commands that cure name it too. */
  readonly cloudFile?: string | undefined;
}

/**
 * What setting up has made for a place, and what it has found there, first what goes first. Only what carries certflow's mark goes, and
 * nothing that somebody else uses. Throws an AzureError where Azure cannot be asked, and what `aimsOf` throws.
 */
export async function setupRemovalsOf(azure: Azure, at: SetupPlace, options: SetupRemovalOptions): Promise<SetupRemoval[]> {
  const { certificate, identity } = aimsOf(at.spec, at.environment);
  const users = await usersOf(azure, at, options.leaving, options.cloudFile);
  const { readers, others } = certificate ? await certificateRemovals(azure, at, certificate, users) : nothing;
  // A role of an identity on the vault is found by the identity.
  return [...readers, ...(identity ? await identityRemovals(azure, identity, users, readers) : []), ...others];
}

const nothing = { readers: [], others: [] };

/** What a sign-in with a certificate takes: roles of those who read the vault, and all the others. */
async function certificateRemovals(azure: Azure, { spec, environment }: SetupPlace, aim: WantedToSignIn, users: Users) {
  const me = await whoIsSignedIn(azure);
  if (aim.application) checkTenant(me, aim.application.tenant);
  const inAzure = isDeveloperMachine(environment) ? undefined : wanted(spec, environment);
  const vault = inAzure && (await findVault(azure, inAzure.vault));
  const seen = vault && { vault, me, users };
  const certificate = inAzure && seen ? await lookAtCertificate(azure, inAzure, seen) : nothingSeen;
  const around: Around = {
    users,
    versions: certificate.versions,
    isCertificateGoing: certificate.removals.some(({ staysBecause }) => staysBecause === undefined),
    subscription: inAzure?.vault.subscription,
  };
  const registered = await registeredRemovals(azure, aim, around);
  if (!inAzure) return { readers: [], others: registered };
  const left = vault ? await leftBehind({ azure, vault, place: inAzure.vault, me }) : [];
  return {
    readers: seen ? await unlessForbidden(readersOf(inAzure), () => readerRemovals(azure, inAzure, seen)) : [],
    others: [
      ...registered,
      ...certificate.removals,
      ...left.map(
        (role): SetupRemoval => ({
          what: 'role of your own',
          name: `on the vault ${inAzure.vault.name}, which an interrupted run left behind`,
          id: role.id.toLowerCase(),
          remove: async () => {
            await takeBack(azure, [role]);
            return undefined;
          },
        }),
      ),
      ...(vault ? [vaultStays(inAzure, vault.isMadeHere)] : []),
    ],
  };
}

const nothingSeen: CertificateSeen = { versions: [], removals: [] };

/** The app registrations, each after its rights on sites. */
async function registeredRemovals(azure: Azure, aim: WantedToSignIn, around: Around): Promise<SetupRemoval[]> {
  const { application: wanted } = aim;
  if (!wanted) return [];
  const head = { what: 'app registration', name: `"${wanted.displayName}"`, id: `application ${wanted.displayName}` };
  return unlessForbidden(head, async () => {
    const all: SetupRemoval[] = [];
    for (const application of await applicationsOf(azure, wanted)) {
      const why = await whyItStays(azure, application, aim, around);
      const { appId } = application;
      const rights = await siteRemovals(azure, wanted.permissions, { appId, keeper: `the app registration ${appId}` }, why);
      all.push(...rights, ...registrationRemoval(azure, application, aim, why ?? keptBy(rights), { ...around, rights }));
    }
    return all;
  });
}

function readersOf({ vault }: Wanted) {
  return { what: 'roles of readers', name: `on the vault ${vault.name}`, id: `${vault.id} readers`.toLowerCase() };
}

function vaultStays({ vault }: Wanted, isMadeHere: boolean): SetupRemoval {
  const head = { what: 'key vault', name: vault.name, id: vault.id.toLowerCase() };
  return staying(
    head,
    isMadeHere ? 'certflow made it, and others may keep things in it; "certflow destroy --include vault" removes it' : notOurs,
  );
}

/** What stays for one of several places stays for all. */
export function agreed(found: readonly (readonly SetupRemoval[])[]): SetupRemoval[][] {
  const stays = new Map(found.flat().flatMap(({ id, staysBecause }) => (staysBecause === undefined ? [] : [[id, staysBecause]])));
  return found.map((removals) =>
    removals.map((one) => {
      const why = stays.get(one.id);
      return why === undefined ? one : staying({ what: one.what, name: one.name, id: one.id }, why);
    }),
  );
}
