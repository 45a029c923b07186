import type { Azure } from '../azure/azure.ts';
import { longestReplication } from './run.ts';
import type { DeployTarget } from './targets/target-of.ts';
import { type Identities, lookAtAccess } from './vault-access.ts';

/** One thing that must be so for the workflow, or the app, to work. */
export interface Proof {
  readonly what:
    | 'Logic App'
    | 'connection'
    | 'access to the vault'
    | 'secure settings'
    | 'app'
    | 'settings'
    | 'Key Vault reference'
    | 'workflow';
  readonly result: 'holds' | 'does not hold' | 'cannot tell';
  /** How it is; a sentence without final full stop. */
  readonly found: string;
  /** What to do; a sentence. */
  readonly cure?: string;
}

/** Whether the identity of what runs may read the vault. */
export async function proofOfAccess(azure: Azure, target: DeployTarget, runner: Identities | undefined): Promise<Proof> {
  const what = 'access to the vault';
  const vault = target.environment.vault.name;
  const access = await lookAtAccess(azure, target, runner);
  if (access.state === 'held')
    return { what, result: 'holds', found: `the identity may read ${vault} (${access.by})${whileNew(access.since)}` };
  if (access.state === 'cannot tell')
    return { what, result: 'cannot tell', found: `you may not look who has access to ${vault}`, cure: access.why };
  const { principalId } = access;
  if (principalId === undefined)
    return { what, result: 'does not hold', found: 'there is no identity yet', cure: 'Deploy it: certflow deploy.' };
  return {
    what,
    result: 'does not hold',
    found: `the identity ${principalId} may not read ${vault}`,
    cure:
      target.vaultAccess === undefined
        ? `Have its owner give ${principalId} the role "Key Vault Secrets User" on ${vault}; then run "certflow deploy" again.`
        : 'Deploy again: certflow deploy.',
  };
}

/** Azure shows a role before every vault knows it. */
function whileNew(since: string | undefined): string {
  const known = since === undefined ? 0 : Date.parse(since) + longestReplication;
  return known > Date.now() ? `; given a moment ago, the vault knows it by ${new Date(known).toISOString()} at the latest` : '';
}
