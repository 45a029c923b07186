import { standardConnections } from '../../definition/connections.ts';
import type { OperationEntry } from '../../definition/walk.ts';
import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { hostOf } from '../address.ts';
import { connectionsValue, listConnectionReferences } from '../connection-parameters.ts';
import type { Subject } from '../subject.ts';
import { Members } from './members.ts';
import { type GroupSignIn, readGroup } from './sign-in.ts';

/** Connections that say how they sign in: in connections.json of a Standard app, and in the value of `$connections`. */
export function ofConnections(subject: Subject): GroupSignIn[] {
  const { connections } = subject.surroundings;
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
      return [
        {
          name,
          operation: undefined,
          place: 'connection',
          users: usersInApp(subject, section, name),
          host,
          ...readGroup(members),
        },
      ];
    }),
  );
  const ofResource = Object.entries(connectionsValue(subject) ?? {}).flatMap(([name, connection]): GroupSignIn[] => {
    const authentication = member(connection, 'connectionProperties', 'authentication');
    if (!isObject(authentication)) return [];
    const pointer = `/$connections/value${pointerStep(name)}/connectionProperties/authentication`;
    const members = new Members(subject, authentication, pointer, 'parameters');
    return [
      {
        name,
        operation: undefined,
        place: 'connection',
        users: usersInResource(subject, name),
        host: undefined,
        ...readGroup(members),
      },
    ];
  });
  return [...ofApp, ...ofResource];
}

/** The operations of a Standard workflow that name a connection; tools of MCP servers do it in a way of their own. */
function usersInApp(subject: Subject, section: string, name: string): OperationEntry[] {
  const word = name.toLowerCase();
  return subject.operations.filter((operation) => {
    if (standardConnections(operation).some(({ group, name }) => group === section && name.toLowerCase() === word)) return true;
    const ofTool = member(operation.node, 'inputs', 'connectionReference', 'connectionName');
    return operation.typeWord === 'mcpclienttool' && asText(ofTool).toLowerCase() === word;
  });
}

function usersInResource(subject: Subject, name: string): OperationEntry[] {
  const word = name.toLowerCase();
  const found = listConnectionReferences(subject).filter((reference) => reference.name.toLowerCase() === word);
  return [...new Set(found.flatMap(({ entry }) => entry.operation ?? []))];
}
