import type { Azure } from '../azure/azure.ts';
import { listStandardWorkflows } from '../azure/standard-workflows.ts';
import { findSettings } from '../azure/web-apps.ts';
import { findWorkflow } from '../azure/workflows.ts';
import { workflowName } from '../infrastructure/standard/names.ts';
import { hasCertificate, needsOf } from '../spec/needs.ts';
import type { Environment, Spec } from '../spec/spec.ts';

/** What of a spec is deployed to an environment and signs in there, for people, as far as the spec says where: `the Logic App hr-lists`. */
export async function stillThere(azure: Azure, spec: Spec, environment: Environment): Promise<string[]> {
  const { consumption, standard, appService } = environment.targets;
  const found: string[] = [];
  if (consumption?.subscription && consumption.resourceGroup) {
    const at = { subscription: consumption.subscription, resourceGroup: consumption.resourceGroup, name: spec.name };
    if (await findWorkflow(azure, at)) found.push(`the Logic App ${spec.name}`);
  }
  const app = siteId(standard);
  if (app !== undefined) {
    const name = workflowName(spec, environment);
    const all = await listStandardWorkflows(azure, app);
    if (all.some((one) => one.toLowerCase() === name.toLowerCase()))
      found.push(`the workflow ${name} of the Logic App ${standard?.site}`);
  }
  const web = siteId(appService);
  if (web !== undefined) {
    const { Certificate: reference = '', ManagedIdentity = '' } =
      (await findSettings(azure, web, ['Certificate', 'ManagedIdentity'])) ?? {};
    const names = hasCertificate(environment) ? [environment.vault.name, environment.certificate.name] : [];
    const isReferred = names.length > 0 && names.every((name) => reference.toLowerCase().includes(name.toLowerCase()));
    if (isReferred || (ManagedIdentity !== '' && needsOf(spec).identity)) found.push(`the web app ${appService?.site}`);
  }
  return found;
}

function siteId(target: { subscription?: string; resourceGroup?: string; site?: string } | undefined): string | undefined {
  const { subscription, resourceGroup, site } = target ?? {};
  if (!subscription || !resourceGroup || !site) return undefined;
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Web/sites/${site}`;
}
