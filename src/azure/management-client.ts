import type { TokenCredential } from '@azure/core-auth';
import { type Azure, clientOptionsFor } from './azure.ts';
import { keptClient } from './kept-clients.ts';
import { askedAnew } from './kept-tokens.ts';

/** Microsoft's client of a part of Resource Manager, for one subscription. */
export function managementClient<Client>(
  azure: Azure,
  Client: new (credential: TokenCredential, subscription: string, options: ReturnType<typeof clientOptionsFor>) => Client,
  subscription: string,
): Client {
  return keptClient(
    azure,
    Client,
    subscription,
    () => new Client(askedAnew(azure.credential), subscription, clientOptionsFor(azure, azure.profile.resourceManager)),
  );
}

/** The subscription in a resource id; empty where there is none. */
export function subscriptionOf(id: string): string {
  return /\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? '';
}
