import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { isObject } from '../json/json.ts';
import type { Azure } from './azure.ts';
import { AzureError } from './azure-error.ts';
import { pipelineFor } from './rest.ts';

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
  const request = createPipelineRequest({
    method,
    url: url.startsWith('/') ? `${resourceManager.endpoint}${url}` : url,
    headers: createHttpHeaders({ accept: 'application/json', ...(body && { 'content-type': body.type }) }),
    ...(body && { body: body.bytes }),
  });
  const { status, bodyAsText, headers } = await pipelineFor(azure, resourceManager).sendRequest(
    createDefaultHttpClient(),
    request,
  );
  // Without request and response, as in `callService`: the words are those that the pipeline has kept of the answer.
  if (status >= 400) throw new RestError(`the service answered ${status}`, { statusCode: status });
  const location = headers.get('location');
  return { status, body: groupIn(bodyAsText ?? ''), ...(location === undefined ? {} : { location }) };
}

function groupIn(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    throw new AzureError('refused', 'reading the answer', 'failed: it is no JSON.');
  }
}
