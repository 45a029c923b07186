import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import { rights } from '../cloud/rights.ts';
import { readFailedAnswer } from './answer.ts';
import type { Azure } from './azure.ts';
import { AzureError, refusal } from './azure-error.ts';
import type { Application } from './graph.ts';
import { needing } from './needing.ts';
import { callService } from './rest.ts';

/** The certificates of an app registration right before they were replaced, and right after. */
export interface Replaced {
  readonly before: readonly KeyCredential[];
  readonly after: readonly KeyCredential[];
}

interface Responses {
  readonly responses: readonly {
    readonly id: string;
    readonly status: number;
    readonly body?: { readonly keyCredentials?: readonly KeyCredential[] };
  }[];
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
  const { responses } = await callService<Responses>(azure, azure.profile.graph, {
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
  });
  // Those that only waited for the one that failed say less (424).
  const failed = ['before', 'change', 'after'].map((name) => responses.find((one) => one.id === name)).find(isFailed);
  if (failed)
    await needing(rights.changeApplication, async () => {
      throw refusal(tried, readFailedAnswer(failed.status, JSON.stringify(failed.body)));
    });
  const listIn = (name: string) => {
    const list = responses.find((one) => one.id === name)?.body?.keyCredentials;
    if (list) return list;
    throw new AzureError('refused', tried, `was answered without the certificates (${name} the change).`);
  };
  return { before: listIn('before'), after: listIn('after') };
}

function isFailed(response: Responses['responses'][number] | undefined): response is Responses['responses'][number] {
  return response !== undefined && response.status >= 400;
}
