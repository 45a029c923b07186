import { clouds } from '../cloud/clouds.ts';
import type { Host, Status } from '../definition/definition.ts';
import type { JsonObject } from '../json/json.ts';
import { needsOf } from '../spec/needs.ts';
import type { Request, Spec } from '../spec/spec.ts';
import { workflowFromFile } from './from-file.ts';
import { type Parameters, specParameters, targetOfHost } from './parameters.ts';
import { toWdl, toWdlDeep } from './values.ts';
import { type Authentication, type HttpStep, parameterReference, type Trigger, type Workflow } from './workflow.ts';

const secretActionName = 'Get_secret';

/** The workflow of a spec, for one host: the hosts differ only in the connector actions that stand under `targets`. */
export function buildWorkflow(spec: Spec, host: Host): Workflow {
  if (spec.workflowFile) return workflowFromFile(spec, spec.workflowFile, host);
  const parameters = specParameters(spec, host);
  const reads = needsOf(spec).certificate;
  const httpSteps = spec.requests.map((request, index) => httpStep(spec, request, index, parameters));
  return {
    name: spec.name,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    trigger: trigger(spec),
    parameters: parameters.all,
    ...(reads && {
      secretStep: {
        actionName: secretActionName,
        nameParameter: 'certificateName',
        ...(parameters.certificateVersion === undefined ? {} : { versionParameter: parameters.certificateVersion }),
      },
    }),
    httpSteps,
    rawActions: inSequence({ ...spec.actions, ...hostActions(spec, host) }, httpSteps.at(-1)?.actionName),
    suppressions: spec.ignore.map(({ action, ...rest }) => ({
      ...rest,
      ...(action !== undefined && { actionName: actionName(action) }),
    })),
  };
}

/** The name of the action that a request becomes. */
export function actionName(requestName: string): string {
  return requestName.replaceAll(' ', '_');
}

function trigger({ trigger: { recurrence, request } }: Spec): Trigger {
  if (recurrence) return { kind: 'recurrence', recurrence };
  return request ? { kind: 'request', request } : { kind: 'manual' };
}

function httpStep(spec: Spec, request: Request, index: number, parameters: Parameters): HttpStep {
  const { name, method, queries, headers, body, retryPolicy, timeout, runAfter } = request;
  const urlParameter = parameters.urls[index];
  const [environment] = spec.environments.values();
  const before = spec.requests[index - 1];
  return {
    actionName: actionName(name),
    method,
    uri: urlParameter === undefined ? toWdl(environment?.addresses[index]?.url ?? '') : parameterReference(urlParameter),
    ...(queries && { queries: toWdlDeep(queries) as JsonObject }),
    ...(headers && { headers: toWdlDeep(headers) as JsonObject }),
    ...(body === undefined ? {} : { body: toWdlDeep(body) }),
    // The designer compares the type with the words in lower case: for others it shows no policy, and hides the intervals.
    // Source: docs/facts/definitions.md.
    ...(retryPolicy && { retryPolicy: { ...retryPolicy, type: retryPolicy.type.toLowerCase() } }),
    ...(timeout && { timeout }),
    signIn: signIn(spec, request, index, parameters),
    runAfter: runAfter
      ? Object.fromEntries(Object.entries(runAfter).map(([action, statuses]) => [actionName(action), statuses]))
      : after(before ? actionName(before.name) : needsOf(spec).certificate ? secretActionName : undefined),
  };
}

/** What is first runs after nothing. */
function after(action: string | undefined): Readonly<Record<string, readonly Status[]>> {
  return action === undefined ? {} : { [action]: ['Succeeded'] };
}

function signIn(spec: Spec, request: Request, index: number, parameters: Parameters): Authentication {
  const audience = parameters.audiences[index];
  if (request.signIn === 'clientCertificate' || audience === undefined) return { kind: 'clientCertificate' };
  if (request.signIn === 'managedIdentity') {
    const { identity } = parameters;
    return {
      kind: 'managedIdentity',
      audience: parameterReference(audience),
      ...(identity !== undefined && { identity: parameterReference(identity) }),
    };
  }
  const [environment] = spec.environments.values();
  const cloud = environment?.cloud ?? 'public';
  const authority = parameters.authority === undefined ? clouds[cloud].authority : parameterReference(parameters.authority);
  return {
    kind: 'entra',
    // The public cloud's is what the service takes by itself, and nearly every real definition leaves it out.
    ...(parameters.authority === undefined && cloud === 'public' ? {} : { authority }),
    tenant: parameterReference('tenantId'),
    audience: parameterReference(audience),
    clientId: parameterReference('clientId'),
  };
}

function hostActions(spec: Spec, host: Host): Record<string, object> {
  // Environments cannot override actions, so any environment has those of all.
  const [environment] = spec.environments.values();
  return environment?.targets[targetOfHost[host]]?.actions ?? {};
}

function inSequence(actions: Readonly<Record<string, object>>, last: string | undefined): Record<string, JsonObject> {
  let before = last;
  return Object.fromEntries(
    Object.entries(actions).map(([name, action]) => {
      const inOrder = { ...(action as JsonObject), ...('runAfter' in action ? {} : { runAfter: after(before) as JsonObject }) };
      before = name;
      return [name, inOrder];
    }),
  );
}
