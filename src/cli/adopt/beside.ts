import { basename, dirname, join } from 'node:path';
import type { Aim } from '../../adopt/plan.ts';
import { workflowFileOf } from '../../adopt/workflow-file.ts';
import { knownService } from '../../cloud/clouds.ts';
import { listActions } from '../../definition/walk.ts';
import { isThere } from '../../disk/kind.ts';
import { askingTypes } from '../../engine/actions/index.ts';
import specTemplate from '../../generated/templates/adopt/certflow.yaml.js';
import testTemplate from '../../generated/templates/adopt/certflow-test.yaml.js';
import type { Adoption } from '../../library/adopt.ts';
import { fixedAddress } from '../../spec/addresses.ts';
import { needsOf } from '../../spec/needs.ts';
import { parseSpec } from '../../spec/parse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { WorkflowFile } from '../../spec/workflow-file.ts';
import { render } from '../../text/render.ts';
import { specName } from './aim.ts';
import type { FileToWrite } from './write.ts';

/** How names of tests end. */
export const testEnd = '.certflow-test.yaml';

/** Where the Logic App of an adopted workflow goes. */
export interface Target {
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
}

/**
 * What is written beside an adopted workflow that stands in a file of its own at `path`, where there is none yet: the spec that names it,
 * and, of one that reads a certificate, a first test. None for what no spec can name.
 */
export function besideWorkflow(adoption: Adoption, aim: Aim, target: Target, path: string): FileToWrite[] {
  const [opened, other] = adoption.document.definitions;
  if (!opened || other || !/^(?:definition|arm|flow)$/.test(adoption.document.format)) return [];
  const workflow = workflowFileOf(opened);
  const isByIdentity = aim.to === 'managed-identity';
  const isWhole = adoption.plan.items.some(({ becomes }) => becomes === (isByIdentity ? 'managed-identity' : 'certificate'));
  if (!isWhole || (!isByIdentity && !workflow.secret) || workflow.requests.length === 0) return [];
  const found = [
    { name: specName, contents: specOf(adoption, aim, target, workflow, path) },
    {
      name: nameOf(path) + testEnd,
      // It holds that the certificate is hidden: where there is none, nothing is to be held.
      contents: workflow.host === 'consumption' && workflow.secret ? testOf(workflow, path) : undefined,
    },
  ];
  return found.flatMap(({ name, contents }): FileToWrite[] => {
    const beside = join(dirname(path), name);
    return contents === undefined || isThere(beside) ? [] : [{ path: beside, contents: new TextEncoder().encode(contents) }];
  });
}

/** Undefined where the workflow does not tell enough for a spec, such as the tenant. */
function specOf({ plan }: Adoption, aim: Aim, target: Target, workflow: WorkflowFile, path: string): string | undefined {
  // What signed in with a certificate before does so still.
  const needs = needsOf(workflow);
  if (aim.to === 'managed-identity' && needs.certificate) return undefined;
  const registered = aim.to === 'managed-identity' ? undefined : { ...plan.registration, ...aim };
  if (registered && registered.tenantId === undefined) return undefined;
  const { subscription, resourceGroup, location } = target;
  const isPlaced = subscription !== undefined && resourceGroup !== undefined && location !== undefined;
  const text = render(specTemplate, {
    name: nameOf(path),
    file: basename(path),
    registered,
    sites: sitesOf(workflow, registered ? 'entra' : 'managedIdentity'),
    target: isPlaced && { subscription, resourceGroup, location },
  });
  try {
    parseSpec(text, { file: specName, readWorkflowFile: () => workflow });
    return text;
  } catch (error) {
    if (error instanceof SpecError) return undefined;
    throw error;
  }
}

/** The sites of SharePoint that the requests of one way of signing in call, and whether they only read there. */
function sitesOf({ requests }: WorkflowFile, way: 'entra' | 'managedIdentity'): { url: string; role: 'read' | 'write' }[] {
  const found = new Map<string, 'read' | 'write'>();
  for (const { url, method = 'GET', signIn = 'entra' } of requests) {
    if (signIn !== way) continue;
    const address = typeof url === 'string' ? url : fixedAddress(url);
    const [site, host] = /^https:\/\/([^/]+)(?:\/(?:sites|teams)\/[^/?#]+)?/i.exec(address ?? '') ?? [];
    if (site === undefined || host === undefined || knownService(host)?.service !== 'sharepoint') continue;
    found.set(site, found.get(site) === 'write' || method !== 'GET' ? 'write' : 'read');
  }
  return [...found].map(([url, role]) => ({ url, role }));
}

function testOf({ definition, requests, secret }: WorkflowFile, path: string): string {
  const users = requests.map(({ name }) => name);
  const asking = new Set(askingTypes);
  const others = listActions(definition).filter(({ typeWord, name }) => asking.has(typeWord) && name !== secret?.action);
  return render(testTemplate, {
    file: basename(path),
    secret: secret?.action ?? '',
    others: others.map(({ name }) => name),
    users,
  });
}

/** The name of the workflow, after that of its file: letters, digits and some marks. */
function nameOf(path: string): string {
  const name = basename(path)
    .replace(/\.jsonc?$/i, '')
    .replaceAll(/[^A-Za-z0-9._()-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|\.+$/g, '')
    .slice(0, 80);
  return name === '' ? 'workflow' : name;
}
