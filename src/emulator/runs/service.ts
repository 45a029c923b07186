import { decodeJwt } from 'jose';
import { member } from '../../json/member.ts';
import { nobody } from '../entra/caller.ts';
import { type Answer, ok, refuse } from '../http/answer.ts';
import type { Call } from '../http/router.ts';
import type { Service } from '../http/service.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { answerOfApi } from './api.ts';
import { links, signature } from './history.ts';
import { identityRoutes } from './identity-endpoint.ts';
import { runKey, startRun, triggerOf } from './start-run.ts';

/** The addresses that workflows themselves are called at, and where the contents of their runs are read. A signature lets in. */
export function logicService(world: World): Service {
  const invoke = (call: Call) => invokeTrigger(world, call);
  const path = '/workflows/{workflow}/triggers/{trigger}/paths/invoke';
  return {
    name: 'logic',
    identify: async () => nobody,
    routes: {
      ...identityRoutes(world),
      [`POST ${path}`]: invoke,
      [`GET ${path}`]: invoke,
      [`PUT ${path}`]: invoke,
      [`PATCH ${path}`]: invoke,
      [`DELETE ${path}`]: invoke,
      // What stands in for the APIs, for who calls them from outside of a workflow.
      'GET /apis/{host}/{path*}': (call) => apiCall(world, call),
      'GET /workflows/{workflow}/runs/{run}/contents/{action}/{part}': (call) => {
        const { run: name = '', action: wanted = '', part } = call.params;
        const workflow = workflowOf(world, call);
        checkSignature(call, workflow, `/runs/${name}/contents/${encodeURIComponent(wanted)}/${part}`);
        const run = world.state.runs.get(runKey(workflow, name));
        const action = [run?.trigger, ...(run?.actions ?? [])].find((one) => one?.name === wanted);
        const hasLink = run && action && `${part}Link` in links(world, workflow, run, action);
        if (!hasLink) refuse(404, 'NotFound', 'There are no such contents.');
        return ok(part === 'inputs' ? action.inputs : action.outputs);
      },
    },
  };
}

/** Whom a token is for; empty for what is none. */
function audienceIn(token: string | undefined): string {
  try {
    return String(decodeJwt(token ?? '').aud);
  } catch {
    return '';
  }
}

async function apiCall({ tokens, state }: World, { headers, params, url, method }: Call): Promise<Answer> {
  const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const audience = audienceIn(given);
  const caller = await tokens.verify(headers.authorization, [audience.replace(/\/$/, '')]);
  const address = new URL(`https://${params.host}/${params.path}${url.search}`);
  const token = typeof caller === 'object' ? { token: { audience, ...caller } } : {};
  return answerOfApi({ state }, { method, url: address, ...token });
}

function workflowOf({ state }: World, { params }: Call): ArmResource {
  const id = Buffer.from(params.workflow ?? '', 'base64url').toString();
  const workflow = state.resources.get(id);
  if (workflow === undefined) refuse(404, 'WorkflowNotFound', `The workflow '${params.workflow}' could not be found.`);
  return workflow;
}

function checkSignature({ url }: Call, workflow: ArmResource, what: string) {
  const given = url.searchParams.get('sig');
  if (given === null)
    refuse(401, 'DirectApiAuthorizationRequired', 'The request must be authenticated only by Shared Access scheme.');
  if (given !== signature(workflow, what))
    refuse(401, 'InvalidSignature', 'The provided signature for the request is not valid.');
}

async function invokeTrigger(world: World, call: Call): Promise<Answer> {
  const workflow = workflowOf(world, call);
  const { name, trigger } = triggerOf(workflow, call.params.trigger ?? '');
  checkSignature(call, workflow, `/triggers/${name}/run`);
  checkAddress(workflow);
  const method = member(trigger, 'inputs', 'method');
  if (typeof method === 'string' && method.toUpperCase() !== call.method)
    refuse(
      405,
      'TriggerRequestMethodNotValid',
      `The request method '${call.method}' is not valid: the trigger '${name}' wants '${method}'.`,
    );
  const { authorization, ...headers } = call.headers;
  const { run, ended } = startRun(world, workflow, name, { headers, ...(call.text !== '' && { body: bodyOf(call.text) }) });
  const identified = { 'x-ms-workflow-run-id': run.name, 'x-ms-workflow-name': workflow.name };
  if (!JSON.stringify(member(workflow.properties, 'definition', 'actions')).match(/"type":"Response"/i))
    return { status: 202, headers: identified };
  const { response } = await ended;
  if (response === undefined)
    return {
      status: 502,
      headers: identified,
      body: {
        error: {
          code: 'NoResponse',
          message: 'The server did not receive a response from an upstream server. Request tracking id is the run.',
        },
      },
    };
  return {
    status: response.status,
    headers: { ...identified, ...response.headers },
    ...(response.body !== undefined && { body: response.body }),
  };
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Every request comes from 127.0.0.1. */
function checkAddress({ properties }: ArmResource) {
  const ranges = member(properties, 'accessControl', 'triggers', 'allowedCallerIpAddresses');
  if (!Array.isArray(ranges)) return;
  const isLoopback = ranges.some((range) => /^(127\.|0\.0\.0\.0)/.test(String(member(range, 'addressRange'))));
  if (!isLoopback)
    refuse(
      403,
      'AuthorizationFailed',
      'The client IP address 127.0.0.1 is not in the allowed caller IP address ranges specified in the workflow access control configuration.',
    );
}
