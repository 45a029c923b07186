import { isDeepStrictEqual } from 'node:util';
import { flatten, isGroup } from '../azure/answer.ts';
import type { Azure } from '../azure/azure.ts';
import { findResource } from '../azure/resources.ts';
import { type DeployedWorkflow, findWorkflow } from '../azure/workflows.ts';
import { errorCodeIn } from '../cloud/error-codes.ts';
import type { Job } from './job.ts';
import { longestReplication } from './run.ts';
import { lookAtAccess } from './vault-access.ts';

/** One thing that must be so for the workflow to work. */
export interface Proof {
  readonly what: 'Logic App' | 'connection' | 'access to the vault' | 'secure settings';
  readonly result: 'holds' | 'does not hold' | 'cannot tell';
  /** How it is; a sentence without final full stop. */
  readonly found: string;
  /** What to do; a sentence. */
  readonly cure?: string;
}

export const connectionApiVersion = '2016-06-01';

/** Looks whether what was deployed can work: enabled, connected, allowed to read the vault, and as secret as it was generated. */
export async function prove(azure: Azure, job: Job): Promise<Proof[]> {
  const workflow = await findWorkflow(azure, job.workflow);
  return [
    proofOfWorkflow(job, workflow),
    await proofOfConnection(azure, job),
    await proofOfAccess(azure, job, workflow),
    ...(workflow ? [proofOfSecrecy(job, workflow)] : []),
  ];
}

function proofOfWorkflow({ workflow: { name, resourceGroup } }: Job, workflow: DeployedWorkflow | undefined): Proof {
  const what = 'Logic App';
  if (!workflow)
    return { what, result: 'does not hold', found: `${name} is not in ${resourceGroup}`, cure: 'Deploy it: certflow deploy.' };
  if (workflow.state === 'Enabled') return { what, result: 'holds', found: `${name} is enabled` };
  return {
    what,
    result: 'does not hold',
    found: `${name} is ${workflow.state.toLowerCase()}`,
    cure: 'Run "certflow deploy" again: it enables the Logic App as soon as its identity may read the vault.',
  };
}

async function proofOfConnection(azure: Azure, { connectionId, target }: Job): Promise<Proof> {
  const what = 'connection';
  const name = target.connectionName;
  const connection = await findResource(azure, connectionId, connectionApiVersion, `the connection ${name}`);
  if (!connection) return { what, result: 'does not hold', found: `${name} is not there`, cure: 'Deploy it: certflow deploy.' };
  const { statuses, overallStatus } = connection.properties;
  const all = Array.isArray(statuses) ? statuses.filter(isGroup) : [];
  const bad = all.find(({ status }) => !/^(Ready|Connected)$/i.test(String(status)));
  if (!bad && (all.length > 0 || /^(Ready|Connected)$/i.test(String(overallStatus))))
    return { what, result: 'holds', found: `${name} is ready` };
  if (!bad) return { what, result: 'cannot tell', found: `${name} says nothing of its state` };
  const [cause] = flatten(bad.error);
  const text = [cause?.code, cause?.message].filter(Boolean).join(': ');
  return {
    what,
    result: 'does not hold',
    found: `${name} is not ready${text === '' ? '' : ` (${text})`}`,
    cure:
      errorCodeIn(text)?.cure ??
      'Deploy again; or delete the connection and deploy again, where somebody has changed how it signs in.',
  };
}

async function proofOfAccess(azure: Azure, job: Job, workflow: DeployedWorkflow | undefined): Promise<Proof> {
  const what = 'access to the vault';
  const vault = job.environment.vault.name;
  const access = await lookAtAccess(azure, job, workflow);
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
      job.vaultAccess === undefined
        ? `Have its owner give ${principalId} the role "Key Vault Secrets User" on ${vault}; then run "certflow deploy" again.`
        : 'Deploy again: certflow deploy.',
  };
}

/** Azure shows a role before every vault knows it. */
function whileNew(since: string | undefined): string {
  const known = since === undefined ? 0 : Date.parse(since) + longestReplication;
  return known > Date.now() ? `; given a moment ago, the vault knows it by ${new Date(known).toISOString()} at the latest` : '';
}

/** Secret values stay out of run history only by the settings of each action: somebody may have changed them in the designer. */
function proofOfSecrecy({ definition }: Job, workflow: DeployedWorkflow): Proof {
  const what = 'secure settings';
  const deployed = isGroup(workflow.definition) && isGroup(workflow.definition.actions) ? workflow.definition.actions : {};
  const different = Object.entries(definition.actions ?? {})
    .filter(([name, action]) => !isDeepStrictEqual(secureData(action), secureData(deployed[name])))
    .map(([name]) => name);
  if (different.length === 0) return { what, result: 'holds', found: 'run history hides what it should' };
  return {
    what,
    result: 'does not hold',
    found: `${different.join(', ')} ${different.length === 1 ? 'does' : 'do'} not hide what the spec hides`,
    cure: 'Deploy again, and have a new version of the certificate made where a run has shown the old one.',
  };
}

function secureData(action: unknown): string[] {
  const configuration =
    isGroup(action) && isGroup(action.runtimeConfiguration) ? action.runtimeConfiguration.secureData : undefined;
  return isGroup(configuration) && Array.isArray(configuration.properties) ? configuration.properties.map(String).sort() : [];
}
