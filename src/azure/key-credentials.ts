import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import { rights } from '../cloud/rights.ts';
import { isObject, textOf } from '../json/json.ts';
import { member } from '../json/member.ts';
import { readFailedAnswer } from './answer.ts';
import type { Azure } from './azure.ts';
import { AzureError, refusal } from './azure-error.ts';
import type { Application } from './graph.ts';
import { needing } from './needing.ts';
import { itemsIn } from './pages.ts';
import { callService } from './rest.ts';

/** The certificates of an app registration right before they were replaced, and right after. */
export interface Replaced {
  readonly before: readonly KeyCredential[];
  readonly after: readonly KeyCredential[];
}

interface Response {
  readonly id: string;
  readonly status: number;
  readonly body?: unknown;
}

/**
 * Replaces the whole list, as Graph has it, and says what it was in the moment before: a reading, the change and another reading go to
 * Graph as one request, so that what somebody wrote since an earlier reading is seen, although it is gone. Only `changeKeyCredentials`
 * calls this. Source: Microsoft's "Combine multiple HTTP requests using JSON batching". Throws an AzureError.
 */
export async function replaceKeyCredentials(
  azure: Azure,
  { id, displayName }: Pick<Application, 'id' | 'displayName'>,
  keyCredentials: readonly KeyCredential[],
): Promise<Replaced> {
  const tried = `changing the certificates of the app registration "${displayName}"`;
  const url = `/applications/${encodeURIComponent(id)}`;
  const reading = { method: 'GET', url: `${url}?$select=id,keyCredentials` };
  const headers = { 'content-type': 'application/json' };
  const call = {
    tried,
    right: rights.changeApplication,
    method: 'POST',
    path: '/v1.0/$batch',
    body: {
      requests: [
        { id: 'before', ...reading },
        { id: 'change', dependsOn: ['before'], method: 'PATCH', url, headers, body: { keyCredentials } },
        { id: 'after', dependsOn: ['change'], ...reading },
      ],
    },
  } as const;
  const responses = await callService(azure, azure.profile.graph, call, responsesIn);
  // Those that only waited for the one that failed say less (424).
  const failed = ['before', 'change', 'after'].map((name) => responses.find((one) => one.id === name)).find(isFailed);
  if (failed)
    await needing(rights.changeApplication, async () => {
      throw refusal(tried, readFailedAnswer(failed.status, JSON.stringify(failed.body)));
    });
  const listIn = (name: string) => {
    const list = member(responses.find((one) => one.id === name)?.body, 'keyCredentials');
    if (Array.isArray(list) && list.every(isObject)) return list;
    throw new AzureError('refused', tried, `was answered without the certificates (${name} the change).`);
  };
  return { before: listIn('before'), after: listIn('after') };
}

function responsesIn({ responses }: { readonly responses?: unknown }): Response[] {
  return itemsIn(responses)
    .filter(isObject)
    .map(({ id, status, body }) => ({ id: textOf(id), status: Number(textOf(status)), body }));
}

function isFailed(response: Response | undefined): response is Response {
  return response !== undefined && response.status >= 400;
}
