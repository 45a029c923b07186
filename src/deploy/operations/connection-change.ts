import type { Azure } from '../../azure/azure.ts';
import { isForbidden } from '../../azure/needing.ts';
import { findResource } from '../../azure/resources.ts';
import { connectionMistakes } from '../../proofs/links/connection.ts';
import type { Change } from '../changes.ts';
import { usersOfConnection } from '../connection-users.ts';
import { wordsOf } from '../resource-words.ts';
import type { ConsumptionTarget } from '../targets/target.ts';
import { connectionApiVersion, wantedConnection } from './consumption-links.ts';

/**
 * What becomes of a connection of the same name that signs in in another way: a forecast compares what a template says, and of that a
 * connection shows nothing. With who else uses it, for whom it changes too.
 */
export async function connectionChanges(azure: Azure, target: ConsumptionTarget): Promise<Change[]> {
  const { connection } = target;
  const wanted = wantedConnection(target);
  if (!connection || !wanted) return [];
  const { id, name } = connection;
  const found = await findResource(azure, id, connectionApiVersion, `the connection ${name}`).catch((error: unknown) => {
    // Whoever may not read it may still be allowed to deploy.
    if (isForbidden(error)) return undefined;
    throw error;
  });
  const mistakes = found ? connectionMistakes(found, wanted) : [];
  if (mistakes.length === 0) return [];
  const users = await usersOfConnection(azure, target, id);
  const names = users?.map((id) => id.slice(id.lastIndexOf('/') + 1));
  const isOther = (one: string) => one.toLowerCase() !== target.workflow.name.toLowerCase();
  const others = names === undefined ? ['unknown: you may not look'] : names.filter(isOther);
  const properties = mistakes.map(({ property, before, after }) => ({ path: property, before, after, isHidden: false }));
  return [
    {
      action: 'change',
      what: wordsOf('Microsoft.Web/connections') ?? 'connection',
      name,
      properties,
      ...(others.length === 0 ? {} : { alsoUsedBy: others }),
    },
  ];
}
