import type { Azure } from '../../azure/azure.ts';
import { AzureError } from '../../azure/azure-error.ts';
import { findStandardWorkflow, listStandardWorkflows } from '../../azure/standard-workflows.ts';
import { waitFor } from '../../azure/wait.ts';
import { findSite } from '../../azure/web-apps.ts';
import { latestZip, readZipState, sendZip, type ZipState } from '../../azure/zip-deployments.ts';
import type { ServiceAddress } from '../../cloud/profile.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { refuse } from '../refuse.ts';
import type { StandardTarget } from '../targets/target.ts';
import type { TargetOperations, Tell } from './operations.ts';
import { changesOfSite, lookAtSite, switchOnIdentity } from './site.ts';
import { siteLinks } from './site-links.ts';
import { changeOf } from './standard-change.ts';
import { workflowLinks } from './standard-links.ts';

/** Milliseconds. */
const longestZip = 10 * 60_000;
const longestStart = 10 * 60_000;

/**
 * Logic Apps (Standard): the template makes the app or adds to it, then the project is sent, so that nothing runs before its access to
 * the vault is there.
 */
export function standardOperations(azure: Azure, target: StandardTarget): TargetOperations {
  const findWorkflow = () => findStandardWorkflow(azure, target.site.id, target.workflowName);
  const projectChange = async () => changeOf(target, await findWorkflow());
  return {
    findIdentities: () => findSite(azure, target.site.id),
    validate: async () => {},
    look: async () => {
      const site = await lookAtSite(azure, target);
      if (site) await refuseOthers(azure, target);
      return [...(await changesOfSite(azure, target, site)), await projectChange()];
    },
    prepare: (_, tell) => switchOnIdentity(azure, target, tell),
    state: () => 'Enabled',
    finish: async ({ permissions }, tell, mayRead) => {
      if ((await projectChange()).action === 'none') return;
      if (startsByItself(target) && permissions?.state === 'missing')
        return tell(`workflow ${target.workflowName}`, 'is not sent: its identity would call without its permissions');
      if (startsByItself(target) && !mayRead)
        return tell(`workflow ${target.workflowName}`, 'is not sent: it would start without access to the vault');
      await deployZip(azure, target, tell);
      await awaitHealth(azure, target, tell);
    },
    unfinished: () => 'The Logic App is there; whether its workflow is, and runs, has not been seen yet.',
    links: (aim) => [...siteLinks(azure, target, aim), ...workflowLinks(target, aim, findWorkflow)],
  };
}

function startsByItself({ spec }: StandardTarget): boolean {
  return spec.trigger.recurrence !== undefined;
}

/** A zip deployment removes what is not in the zip. Source: Kudu's wiki, "Deploying from a zip file or url". */
async function refuseOthers(azure: Azure, target: StandardTarget) {
  const { site, workflowName } = target;
  const all = await listStandardWorkflows(azure, site.id);
  const others = all.filter((name) => name.toLowerCase() !== workflowName.toLowerCase());
  if (others.length === 0) return;
  throw refuse(
    target,
    ['target', 'site'],
    `The Logic App ${site.name} has other workflows, which sending this one would remove: ${others.join(', ')}.`,
    `Write all of them into one project with "certflow generate --format standard-project" and send that: func azure functionapp publish ${site.name}`,
  );
}

async function deployZip(azure: Azure, target: StandardTarget, tell: Tell): Promise<void> {
  const { site } = target;
  const about = `project of ${site.name}`;
  const service = (await findSite(azure, site.id))?.deployments;
  if (service === undefined)
    throw new RefusedError(
      `Azure names no host to which the project of ${site.name} could be sent.\nRun the same command again in some minutes; or send the zip of "certflow export --format standard-project" with "az logicapp deployment source config-zip".`,
    );
  tell(about, 'is being sent');
  const { state, text } = await followZip(azure, about, service, await sendOnce(azure, service, target, tell));
  tell(about, state);
  if (state === 'failed')
    throw new RefusedError(
      `The project was sent to ${site.name}, and could not be deployed there${text === '' ? '.' : `: ${text}`}\nThe deployment log of the Logic App has the whole of it (portal, Deployment Center); then run the same command again.`,
    );
}

/** Gives the address of the deployment. Where another one is under way, such as that of a lost answer, it is followed to its end first. */
async function sendOnce(azure: Azure, service: ServiceAddress, { site, zip }: StandardTarget, tell: Tell): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      return await sendZip(azure, service, zip);
    } catch (error) {
      const isTaken = error instanceof AzureError && error.status === 409;
      if (!isTaken || tries >= 2) throw error;
      const about = `project of ${site.name}`;
      tell(about, 'another one is being deployed, and is followed to its end');
      // How the other one ended is no obstacle to this one.
      await followZip(azure, about, service, latestZip);
    }
  }
}

async function followZip(azure: Azure, about: string, service: ServiceAddress, address: string): Promise<ZipState> {
  const whenOver = 'It goes on in Azure. Run the same command again: it looks what is there.';
  return waitFor(azure, { waitingFor: about, limit: longestZip, whenOver }, async () => {
    const found = await readZipState(azure, service, address);
    return found.state === 'under way' ? undefined : found;
  });
}

/** The app starts anew with each project. What it says of the workflow in the end is a proof's matter. */
async function awaitHealth(azure: Azure, target: StandardTarget, tell: Tell): Promise<void> {
  const about = `workflow ${target.workflowName}`;
  await waitFor(azure, { waitingFor: about, limit: longestStart, whenOver: '' }, async () => {
    const workflow = await findStandardWorkflow(azure, target.site.id, target.workflowName);
    // What Azure does not show is not waited for.
    if (!workflow || changeOf(target, workflow).action === 'change') return undefined;
    tell(about, workflow.health);
    return workflow.health === 'Healthy' || workflow.problem !== '' ? true : undefined;
  }).catch((error: unknown) => {
    if (!(error instanceof AzureError) || error.kind !== 'too-long') throw error;
  });
}
