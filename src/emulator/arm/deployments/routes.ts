import { randomUUID } from 'node:crypto';
import { isObject, objectOf } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { TemplateError } from '../../../template-language/resolve.ts';
import { type Answer, type ErrorDetail, noContent, ok, refuse, ServiceError } from '../../http/answer.ts';
import type { Call, Routes } from '../../http/router.ts';
import { type Deployment, now } from '../../state.ts';
import type { World } from '../../world.ts';
import { parseResourceId } from '../ids.ts';
import { providerOf } from '../providers/index.ts';
import { resourceGroupOf } from '../resource-groups.ts';
import { authorizationProblem, authorize } from '../role-assignments.ts';
import type { DeploymentScope } from './place.ts';
import { deploymentType, plan } from './plan.ts';
import { DeploymentFailure, type DeploymentTask, namesOf, placeOf, runDeployment } from './run.ts';
import type { Template } from './template.ts';
import { type Change, whatIf } from './what-if.ts';

const path = '/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.Resources/deployments';

/** Deployments of templates to a resource group. Requests and answers: docs/facts/resource-manager.md#requests-and-answers. */
export function deploymentRoutes(world: World): Routes {
  const { state } = world;
  const asked = new Map<string, { changes: Change[]; readyAt: number }>();
  const may = ({ caller, params }: Call, verb: string) =>
    authorize(world, caller, `${deploymentType}/${verb}`, resourceGroupOf(world, params).id);
  const found = (call: Call): Deployment => {
    may(call, 'read');
    const deployment = state.deployments.get(deploymentId(world, call).toLowerCase());
    if (deployment === undefined) refuse(404, 'DeploymentNotFound', `Deployment '${call.params.deployment}' could not be found.`);
    return deployment;
  };
  return {
    [`POST ${path}/{deployment}/validate`]: (call) => {
      may(call, 'validate/action');
      const task = taskOf(world, call);
      preflight(world, task);
      const { mode } = task;
      return ok({
        id: deploymentId(world, call),
        name: call.params.deployment,
        type: deploymentType,
        properties: {
          provisioningState: 'Succeeded',
          mode,
          parameters: shown(task.template, task.parameters),
          timestamp: now(),
          duration: 'PT0S',
          correlationId: randomUUID(),
          providers: [],
          dependencies: [],
          validatedResources: preflight(world, task).map((id) => ({ id })),
        },
      });
    },
    [`POST ${path}/{deployment}/whatIf`]: (call) => {
      may(call, 'whatIf/action');
      const task = taskOf(world, call);
      preflight(world, task);
      const id = randomUUID();
      asked.set(id, { changes: checked(() => whatIf(world, task)), readyAt: Date.now() + world.pace.step });
      const location = `${world.addresses.arm}${resourceGroupOf(world, call.params).id}/providers/${deploymentType}/${encodeURIComponent(call.params.deployment ?? '')}/whatIfResults/${id}?api-version=${call.url.searchParams.get('api-version')}`;
      return { status: 202, headers: { location, 'retry-after': '0' } };
    },
    [`GET ${path}/{deployment}/whatIfResults/{id}`]: (call) => {
      const result = asked.get(call.params.id ?? '');
      if (result === undefined) refuse(404, 'NotFound', 'There is no such what-if, or it was asked for too long ago.');
      if (Date.now() < result.readyAt) return { status: 202, headers: { location: call.url.href, 'retry-after': '0' } };
      asked.delete(call.params.id ?? '');
      return ok({ status: 'Succeeded', properties: { changes: result.changes } });
    },
    [`PUT ${path}/{deployment}`]: (call) => {
      may(call, 'write');
      return startDeployment(world, call);
    },
    [`GET ${path}/{deployment}/operationStatuses/{id}`]: (call) => {
      const { provisioningState, error } = found(call).properties;
      return ok({ status: provisioningState, ...(error !== undefined && { error }) });
    },
    [`POST ${path}/{deployment}/cancel`]: (call) => {
      may(call, 'cancel/action');
      const deployment = found(call);
      if (deployment.properties.provisioningState !== 'Running')
        refuse(409, 'DeploymentCannotBeCancelled', `The deployment '${deployment.name}' cannot be cancelled: it has ended.`);
      keep(world, deployment, { provisioningState: 'Canceled' });
      return noContent;
    },
    [`GET ${path}/{deployment}`]: (call) => ok(view(found(call))),
    [`HEAD ${path}/{deployment}`]: (call) => {
      found(call);
      return noContent;
    },
    [`DELETE ${path}/{deployment}`]: (call) => {
      may(call, 'delete');
      state.deployments.delete(deploymentId(world, call).toLowerCase());
      return noContent;
    },
    [`GET ${path}`]: (call) => {
      may(call, 'read');
      const within = `${resourceGroupOf(world, call.params).id.toLowerCase()}/`;
      return ok({ value: [...state.deployments].filter(([id]) => id.startsWith(within)).map(([, one]) => view(one)) });
    },
    'GET /subscriptions/{subscription}/resourcegroups/{group}/deployments/{deployment}/operations': (call) =>
      ok({ value: found(call).operations.map((operation) => operationView(found(call), operation)) }),
    'GET /subscriptions/{subscription}/resourcegroups/{group}/deployments/{deployment}/operations/{operation}': (call) => {
      const deployment = found(call);
      const operation = deployment.operations.find(({ operationId }) => operationId === call.params.operation);
      if (operation === undefined) refuse(404, 'DeploymentOperationNotFound', 'There is no such operation.');
      return ok(operationView(deployment, operation));
    },
  };
}

function deploymentId(world: World, { params }: Call): string {
  return `${resourceGroupOf(world, params).id}/providers/${deploymentType}/${params.deployment}`;
}

type Task = Omit<DeploymentTask, 'onOperation'> & { readonly mode: string };

function taskOf(world: World, call: Call): Task {
  const properties = member(call.json(), 'properties');
  const template = member(properties, 'template');
  const { subscription = '', deployment = '' } = call.params;
  if (!/^[-\w._()]{1,64}$/.test(deployment))
    refuse(
      400,
      'InvalidDeploymentName',
      `The provided deployment name '${deployment}' has these invalid characters or is longer than 64.`,
    );
  if (!isObject(template))
    refuse(400, 'InvalidRequestContent', "The request content was invalid: 'properties.template' is required.");
  const mode = String(member(properties, 'mode'));
  if (mode.toLowerCase() !== 'incremental')
    refuse(400, 'InvalidRequestContent', `The emulator has the mode Incremental only, not '${mode}'.`);
  const place: DeploymentScope = {
    subscription: subscription.toLowerCase(),
    group: resourceGroupOf(world, call.params),
    deploymentName: deployment,
  };
  return {
    caller: call.caller,
    place,
    template: template as Template,
    parameters: objectOf(member(properties, 'parameters')),
    failsLate: call.failsLate,
    mode: 'Incremental',
  };
}

/** Errors of the template are refusals of the request. */
function checked<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateError) refuse(400, 'InvalidTemplate', error.message);
    throw error;
  }
}

/** What ARM looks at before anything is deployed: the template, its places, and the caller's rights. Gives the ids. */
function preflight(world: World, task: Task): string[] {
  return checked(() => {
    const names = namesOf(world, task, () => undefined);
    const planned = plan(task.template, names);
    const problems: ErrorDetail[] = [];
    for (const { id, type, name } of planned) {
      const isNested = type.toLowerCase() === deploymentType.toLowerCase();
      if (isNested) placeOf(world, { id, name });
      const { scope = id } = parseResourceId(id) ?? {};
      const isExtension = !isNested && providerOf(type).isExtension;
      const problem = authorizationProblem(world, task.caller, `${type}/write`, isExtension ? scope : id);
      if (problem)
        problems.push({
          code: 'AuthorizationFailed',
          message: `Authorization failed for template resource '${name}' of type '${type}'. ${problem.message.replace(/^The/, 'The')}`,
        });
    }
    if (problems.length > 0)
      throw new ServiceError(403, {
        code: 'InvalidTemplateDeployment',
        message: `Deployment failed with multiple errors: '${problems.map(({ message }) => message).join(':')}'`,
        details: problems,
      });
    return planned.map(({ id }) => id);
  });
}

function startDeployment(world: World, call: Call): Answer {
  const id = deploymentId(world, call);
  const before = world.state.deployments.get(id.toLowerCase());
  const isActive = before !== undefined && isRunning(before);
  if (isActive)
    refuse(
      409,
      'DeploymentActive',
      `Unable to edit or replace deployment '${before.name}': previous deployment from '${before.properties.timestamp}' is still active. Please see https://aka.ms/arm-deploy for usage details.`,
    );
  const task = taskOf(world, call);
  preflight(world, task);
  const started = now();
  const deployment: Deployment = {
    id,
    name: task.place.deploymentName,
    group: task.place.group.name,
    subscription: task.place.subscription,
    statusId: randomUUID(),
    operations: [],
    properties: {
      provisioningState: 'Accepted',
      mode: task.mode,
      parameters: shown(task.template, task.parameters),
      timestamp: started,
      started,
      duration: 'PT0S',
      correlationId: randomUUID(),
      providers: [],
      dependencies: [],
    },
  };
  world.state.deployments.set(id.toLowerCase(), deployment);
  world.goOn(() => follow(world, deployment, task));
  const status = `${world.addresses.arm}${id}/operationStatuses/${deployment.statusId}?api-version=${call.url.searchParams.get('api-version')}`;
  return { status: before ? 200 : 201, headers: { 'azure-asyncoperation': status, 'retry-after': '0' }, body: view(deployment) };
}

async function follow(world: World, deployment: Deployment, task: Task) {
  keep(world, deployment, { provisioningState: 'Running' });
  try {
    const { outputs, resourceIds } = await runDeployment(world, {
      ...task,
      onOperation: (operation) => {
        const current = world.state.deployments.get(deployment.id.toLowerCase()) ?? deployment;
        const others = current.operations.filter(({ operationId }) => operationId !== operation.operationId);
        world.state.deployments.set(deployment.id.toLowerCase(), { ...current, operations: [...others, operation] });
      },
    });
    keep(world, deployment, { provisioningState: 'Succeeded', outputs, outputResources: resourceIds.map((id) => ({ id })) });
  } catch (error) {
    keep(world, deployment, { provisioningState: 'Failed', error: failureOf(error) });
  }
}

function failureOf(error: unknown): ErrorDetail {
  if (error instanceof DeploymentFailure) return error.detail;
  if (error instanceof ServiceError) return error.detail;
  if (error instanceof TemplateError) return new DeploymentFailure([{ code: 'InvalidTemplate', message: error.message }]).detail;
  // Also when the emulator ends in the middle: what was begun is not gone on with.
  return { code: 'InternalServerError', message: `The deployment was broken off: ${(error as Error).message}.` };
}

function isRunning({ properties }: Deployment): boolean {
  return properties.provisioningState === 'Running' || properties.provisioningState === 'Accepted';
}

/** Changes what is kept of a deployment. One that was cancelled stays so. */
function keep(world: World, { id }: Deployment, change: Deployment['properties']) {
  const current = world.state.deployments.get(id.toLowerCase());
  if (current === undefined || current.properties.provisioningState === 'Canceled') return;
  const duration = `PT${((Date.now() - Date.parse(String(current.properties.started))) / 1000).toFixed(3)}S`;
  world.state.deployments.set(id.toLowerCase(), {
    ...current,
    properties: { ...current.properties, ...change, duration, timestamp: now() },
  });
}

function view({ id, name, properties }: Deployment) {
  const { started, ...rest } = properties;
  return { id, name, type: deploymentType, properties: rest };
}

/** Parameters with their types, without secret ones. */
function shown(template: Template, given: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(objectOf(template.parameters)).flatMap(([name, declaration]) => {
      const type = String(member(declaration, 'type'));
      const value = member(given[name], 'value') ?? member(declaration, 'defaultValue');
      return [[name, /^secure/i.test(type) ? { type } : { type, value }]];
    }),
  );
}

function operationView({ id }: Deployment, operation: Deployment['operations'][number]) {
  const { operationId, resourceId, resourceName, resourceType, state, statusCode, statusMessage, timestamp, started } = operation;
  return {
    id: `${id}/operations/${operationId}`,
    operationId,
    properties: {
      provisioningOperation: 'Create',
      provisioningState: state,
      timestamp,
      duration: `PT${((Date.parse(timestamp) - Date.parse(started)) / 1000).toFixed(3)}S`,
      statusCode,
      ...(statusMessage !== undefined && { statusMessage }),
      targetResource: { id: resourceId, resourceType, resourceName },
    },
  };
}
