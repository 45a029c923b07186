import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';

/**
 * What sends the requests of the SDKs. What is not HTTPS is the address at which a machine in Azure gives out its own identity, and no
 * proxy leads there: it is asked straight, whatever HTTPS_PROXY says. Through a proxy the answer would be the proxy's own, and taken for a
 * sign that there is an identity. Source: Microsoft's "Azure Instance Metadata Service", section on proxies.
 */
export function pastProxy(): HttpClient {
  const client = createDefaultHttpClient();
  return {
    sendRequest(request) {
      if (!request.url.startsWith('https:')) delete request.agent;
      return client.sendRequest(request);
    },
  };
}
