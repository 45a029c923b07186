import { standardConnections } from '../../definition/connections.ts';
import { listActions, listTriggers, walkStrings } from '../../definition/walk.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { toPointer } from '../../json/pointer.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { mcpEndpoint } from '../reading/package-rules.ts';
import { checkVaultReference } from '../reading/vault-references.ts';
import { checkConnections } from './connections-file.ts';
import { checkParameters } from './parameters-file.ts';
import { checkSecrets } from './secrets.ts';
import { checkReferences } from './setting-references.ts';

/** Tells of what is wrong in the files that the workflows of an app share. Source: docs/facts/standard-project.md. */
export function checkProject(reading: DocumentFiles, root: string, workflows: readonly string[]) {
  const files = ['connections.json', 'parameters.json', 'local.settings.json', 'host.json'].flatMap((name) => {
    const path = root + name;
    const value = reading.tree.has(path) ? reading.json(path)?.value : undefined;
    return isObject(value) ? [{ name, path, value }] : [];
  });
  const contentOf = (wanted: string) => files.find(({ name }) => name === wanted)?.value;
  const settings = member(contentOf('local.settings.json'), 'Values');
  const known = {
    settings: isObject(settings) ? Object.keys(settings) : undefined,
    parameters: contentOf('parameters.json') && Object.keys(contentOf('parameters.json') ?? {}),
  };
  const used = new Set(workflows.flatMap((path) => connectionsUsed(member(reading.json(path)?.value, 'definition'))));
  for (const { name, path, value } of files) {
    checkSecrets(reading, { name, path, value });
    if (name === 'connections.json') checkConnections(reading, path, value, (each) => used.has(each.toLowerCase()));
    if (name === 'parameters.json') checkParameters(reading, path, value);
    if (name === 'connections.json' || name === 'parameters.json') checkReferences(reading, path, value, known);
    walkStrings(value, [], (text, keys) => checkVaultReference(reading, { path, at: () => toPointer(keys), text }));
    if (name === 'host.json') checkHost(reading, path, value);
  }
  // What parameters there are, a workflow's own rules know.
  for (const path of workflows)
    checkReferences(reading, path, reading.json(path)?.value, { settings: known.settings, parameters: undefined });
}

/** The managed connections that a workflow uses, in lower case. */
function connectionsUsed(definition: unknown): string[] {
  return [...listTriggers(definition), ...listActions(definition)]
    .flatMap(standardConnections)
    .flatMap(({ group, name }) => (group === 'managedApiConnections' ? [name.toLowerCase()] : []));
}

/** Source: docs/facts/standard-project.md#files. */
function checkHost(reading: DocumentFiles, path: string, host: unknown) {
  const endpoints = member(host, 'extensions', 'workflow', 'McpServerEndpoints');
  const type = member(endpoints, 'authentication', 'type');
  if (member(endpoints, 'enable') !== true || typeof type !== 'string' || !/^anonymous$/i.test(type)) return;
  reading.report(mcpEndpoint, {
    path,
    at: '/extensions/workflow/McpServerEndpoints/authentication/type',
    part: 'value',
    message: 'everyone who can reach the app can call its workflows as tools: its MCP endpoints ask for no sign-in',
    help: 'leave the type out: then OAuth and keys are asked for; or write "OAuth2" or "ApiKey"',
  });
}
