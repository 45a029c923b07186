import type { Azure } from '../../azure/azure.ts';
import { AzureError } from '../../azure/azure-error.ts';
import { needing } from '../../azure/needing.ts';
import { waitFor } from '../../azure/wait.ts';
import { findReference, findSite, type KeyVaultReference, refreshReferences } from '../../azure/web-apps.ts';
import { rights } from '../../cloud/rights.ts';
import { certflow } from '../../next/command-line.ts';
import type { SignInAim } from '../../proofs/aim.ts';
import { type Link, ok, unknown, wrong } from '../../proofs/proof.ts';
import { longestReplication, type ReadVault } from '../../proofs/vault-access.ts';
import type { Change } from '../changes.ts';
import type { AppServiceTarget } from '../targets/target.ts';
import type { TargetOperations, Tell } from './operations.ts';
import { changesOfSite, lookAtSite, switchOnIdentity } from './site.ts';
import { siteLinks } from './site-links.ts';

/** The setting that refers to the vault. */
const setting = 'Certificate';

/** A web app: settings over those that it has, and App Service resolves the reference to the vault by itself. */
export function appServiceOperations(azure: Azure, target: AppServiceTarget): TargetOperations {
  const { vault } = target;
  return {
    findIdentities: () => findSite(azure, target.site.id),
    validate: async () => {},
    look: async () => {
      const site = await lookAtSite(azure, target);
      const changes = await changesOfSite(azure, target, site);
      const isSettled = vault !== undefined && site !== undefined && changes.every(({ action }) => action === 'none');
      return isSettled
        ? [...changes, ...changesOfReference(target, await findReference(azure, target.site.id, setting))]
        : changes;
    },
    prepare: (_, tell) => switchOnIdentity(azure, target, tell),
    state: () => 'Enabled',
    finish: async (_, tell, mayRead) => {
      if (vault && mayRead) await awaitReference(azure, target, tell);
    },
    unfinished: () =>
      vault
        ? 'The settings are there; whether App Service can read the certificate has not been seen yet.'
        : 'The settings are there.',
    links: (aim) => [...siteLinks(azure, target, aim), ...(vault ? [referenceLink(azure, target, vault, aim)] : [])],
  };
}

/** A reference that nothing resolves is looked at again by deploying again. */
function changesOfReference({ site }: AppServiceTarget, reference: KeyVaultReference | undefined): Change[] {
  const isResolved = reference === undefined || reference.status === 'Resolved';
  if (isResolved) return [];
  const property = { path: setting, before: reference.status, after: 'Resolved', isHidden: false };
  return [{ action: 'change', what: 'Key Vault reference of', name: site.name, properties: [property] }];
}

/** App Service looks at once, and may then not know the role yet: it is told to look again. What it says in the end is a proof's matter. */
async function awaitReference(azure: Azure, { site }: AppServiceTarget, tell: Tell): Promise<void> {
  const about = `Key Vault reference ${setting}`;
  const whenOver = 'Run the same command again in some minutes.';
  await waitFor(azure, { waitingFor: about, limit: longestReplication, whenOver }, async () => {
    const reference = await findReference(azure, site.id, setting);
    if (reference === undefined) return true;
    tell(about, reference.status);
    if (reference.status === 'Resolved' || isFinal(reference.status)) return true;
    await refreshReferences(azure, site.id);
    return undefined;
  }).catch((error: unknown) => {
    if (!(error instanceof AzureError) || error.kind !== 'too-long') throw error;
  });
}

/** No waiting mends these. Source: Microsoft's REST reference, ResolveStatus. */
function isFinal(status: string): boolean {
  return /^(InvalidSyntax|VaultNotFound|SecretNotFound|SecretVersionNotFound|OtherReasons)$/.test(status);
}

/** Sources of the cures: Microsoft's "Use Key Vault references", section on troubleshooting. */
const cures: Readonly<Record<string, string>> = {
  SecretNotFound: 'Put the certificate into the vault under the name in the spec: "certflow setup".',
  SecretVersionNotFound: 'Leave the version out of certificate in the spec, or name one that the vault has.',
  VaultNotFound: 'Check vault.name in the spec, and whether the network of the app reaches the vault.',
  MSINotEnabled: 'Deploy again: "certflow deploy" switches the identity on.',
  AccessToKeyVaultDenied:
    'Run "certflow deploy" again in some minutes, for a new role is not known everywhere at once; then look at the firewall of the vault.',
};

function referenceLink(azure: Azure, { site }: AppServiceTarget, vault: ReadVault, { line }: Pick<SignInAim, 'line'>): Link {
  return {
    link: 'Key Vault reference',
    known: `Resource Manager shows how it stands with the references of the app ${site.name}`,
    needs: ['app', 'settings', 'access to the vault'],
    look: async () => {
      const reference = await needing(rights.readResources, () => findReference(azure, site.id, setting));
      if (!reference) return unknown(`Azure does not say how it stands with the setting ${setting}`);
      const { status, details } = reference;
      if (status === 'Resolved') return ok(`${setting} is resolved from ${vault.name}`);
      return wrong(
        `${setting} is not resolved (${[status, details].filter(Boolean).join(': ')})`,
        cures[status] ?? 'Run "certflow deploy" again in some minutes.',
        certflow(line, 'deploy', '--target', 'app-service'),
      );
    },
  };
}
