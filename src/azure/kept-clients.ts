import type { Azure } from './azure.ts';

/** What sends requests, made once for each cloud that somebody is signed in to: the client of an SDK takes longer to make than an answer to read. */
const clients = new WeakMap<Azure, Map<unknown, Map<string, unknown>>>();

/** What `make` gave for a kind of client and a name before; else it is made. */
export function keptClient<Client>(azure: Azure, kind: unknown, name: string, make: () => Client): Client {
  const kinds = clients.get(azure) ?? new Map<unknown, Map<string, unknown>>();
  clients.set(azure, kinds);
  const named = kinds.get(kind) ?? new Map<string, unknown>();
  kinds.set(kind, named);
  const known = named.get(name) as Client | undefined;
  const client = known ?? make();
  named.set(name, client);
  return client;
}
