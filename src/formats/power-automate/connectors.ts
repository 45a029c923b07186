import { flowConnection } from '../../definition/connections.ts';
import type { Definition } from '../../definition/definition.ts';
import { listActions } from '../../definition/walk.ts';
import { member } from '../../json/member.ts';

/** A connector that a flow uses, through one connection. */
export interface Connector {
  /** By which the flow's actions name the connection: the name of the connector, `_1` behind it for a second connection. */
  readonly key: string;
  /** Such as `shared_keyvault`. */
  readonly name: string;
  /** `/providers/Microsoft.PowerApps/apis/<name>`. */
  readonly id: string;
  /** What people call it, as far as certflow knows. */
  readonly displayName: string;
}

const displayNames: Readonly<Record<string, string>> = { shared_keyvault: 'Azure Key Vault' };

/** The connectors of a definition, in the order in which its actions name their connections. */
export function connectorsOf(definition: Definition): Connector[] {
  const found = new Map<string, Connector>();
  for (const entry of listActions(definition)) {
    const key = flowConnection(entry)?.name;
    if (key === undefined || found.has(key)) continue;
    const id = member(entry.node.inputs, 'host', 'apiId');
    const name = typeof id === 'string' ? id.slice(id.lastIndexOf('/') + 1) : key.replace(/[_-]\d+$/, '');
    found.set(key, {
      key,
      name,
      id: `/providers/Microsoft.PowerApps/apis/${name}`,
      displayName: displayNames[name] ?? name.replace(/^shared_/, ''),
    });
  }
  return [...found.values()];
}
