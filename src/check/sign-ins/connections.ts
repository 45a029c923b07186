import { standardConnections } from '../../definition/connections.ts';
import type { OperationEntry } from '../../definition/walk.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { hostOf } from '../address.ts';
import { connectionReferences, connectionsValue } from '../connection-parameters.ts';
import { push } from '../multimap.ts';
import type { Subject } from '../subject.ts';
import { Members } from './members.ts';
import { type GroupSignIn, readGroup } from './sign-in.ts';

/** Connections that say how they sign in: in connections.json of a Standard app, and in the value of `$connections`. */
export function ofConnections(subject: Subject): GroupSignIn[] {
  const { connections } = subject.surroundings;
  const usersOf = (group: string, name: string) => subject.once(usersByConnection).get(keyOf(group, name));
  const sections = isObject(connections) ? Object.entries(connections) : [];
  const ofApp = sections.flatMap(([section, entries]) =>
    Object.entries(isObject(entries) ? entries : {}).flatMap(([name, connection]): GroupSignIn[] => {
      if (!isObject(connection)) return [];
      const pointer = pointerStep(section) + pointerStep(name);
      const holder = new Members(subject, connection, pointer, 'connections');
      const members = holder.group('authentication');
      if (!members) return [];
      const address = holder.given('mcpServerUrl')?.text;
      const host = address === undefined ? undefined : hostOf(address);
      return [ofConnection(name, members, usersOf(section, name), host)];
    }),
  );
  const ofResource = Object.entries(connectionsValue(subject) ?? {}).flatMap(([name, connection]): GroupSignIn[] => {
    const authentication = member(connection, 'connectionProperties', 'authentication');
    if (!isObject(authentication)) return [];
    const pointer = `/$connections/value${pointerStep(name)}/connectionProperties/authentication`;
    const members = new Members(subject, authentication, pointer, 'parameters');
    return [ofConnection(name, members, usersOf(ofParameter, name))];
  });
  return [...ofApp, ...ofResource];
}

function ofConnection(name: string, members: Members, users: readonly OperationEntry[] = [], host?: string): GroupSignIn {
  return { name, operation: undefined, place: 'connection', users, host, ...readGroup(members) };
}

/** The operations that name each connection, by what `keyOf` makes of its group and name. */
function usersByConnection(subject: Subject): ReadonlyMap<string, OperationEntry[]> {
  const users = new Map<string, OperationEntry[]>();
  for (const operation of subject.operations) {
    for (const { group, name } of standardConnections(operation)) push(users, keyOf(group, name), operation);
  }
  for (const { name, entry } of connectionReferences(subject)) {
    const key = keyOf(ofParameter, name);
    if (entry.operation && users.get(key)?.at(-1) !== entry.operation) push(users, key, entry.operation);
  }
  return users;
}

const ofParameter = '$connections';

const keyOf = (group: string, name: string) => `${group} ${name.toLowerCase()}`;
