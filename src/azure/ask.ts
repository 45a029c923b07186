import { ResourceManagementClient } from '@azure/arm-resources';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { isGroup } from './answer.ts';
import { type Azure, clientOptionsFor } from './azure.ts';
import { AzureError } from './azure-error.ts';

export interface Answered {
  readonly status: number;
  /** JSON; empty where the answer is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly location?: string;
}

/**
 * Asks for what the clients of the SDK do not have, with the sign-in for Resource Manager, as an SDK would. `url` is absolute or begins with
 * the slash of a resource id. Throws for every status from 400 on.
 */
export async function ask(
  azure: Azure,
  method: 'GET' | 'POST',
  url: string,
  body?: { readonly type: string; readonly bytes: Uint8Array },
): Promise<Answered> {
  const { resourceManager } = azure.profile;
  const { pipeline } = new ResourceManagementClient(azure.credential, '', clientOptionsFor(azure, resourceManager));
  const request = createPipelineRequest({
    method,
    url: url.startsWith('/') ? `${resourceManager.endpoint}${url}` : url,
    headers: createHttpHeaders({ accept: 'application/json', ...(body && { 'content-type': body.type }) }),
    ...(body && { body: body.bytes }),
  });
  const { status, bodyAsText, headers } = await pipeline.sendRequest(createDefaultHttpClient(), request);
  // The words are those that the pipeline has kept of the answer.
  if (status >= 400) throw new Error(`status ${status}`);
  const location = headers.get('location');
  return { status, body: groupIn(bodyAsText ?? ''), ...(location === undefined ? {} : { location }) };
}

function groupIn(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isGroup(value) ? value : {};
  } catch {
    throw new AzureError('refused', 'reading the answer', 'failed: it is no JSON.');
  }
}
