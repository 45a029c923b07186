import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Azure } from './azure.ts';

/**
 * The host of an app of Logic Apps (Standard) has triggers, runs and their actions as Microsoft.Logic has them, and the portal asks for them
 * there. Source: Azure/LogicAppsUX, `hostruntime/runtime/webhooks/workflow/api/management` with the version 2018-11-01.
 */
export function hostOfRuns(azure: Azure, site: string): Azure {
  const host = `/providers/Microsoft.Web/sites/${encodeURIComponent(site)}/hostruntime/runtime/webhooks/workflow/api/management/workflows/`;
  const policy: PipelinePolicy = {
    name: 'certflowHostOfRuns',
    sendRequest(request, next) {
      const url = new URL(request.url);
      if (url.pathname.includes('/providers/Microsoft.Logic/workflows/')) {
        url.pathname = url.pathname.replace('/providers/Microsoft.Logic/workflows/', host);
        url.searchParams.set('api-version', '2018-11-01');
        request.url = url.href;
      }
      return next(request);
    },
  };
  const { clientOptions } = azure;
  const additionalPolicies = [{ policy, position: 'perCall' as const }, ...clientOptions.additionalPolicies];
  return { ...azure, clientOptions: { ...clientOptions, additionalPolicies } };
}
