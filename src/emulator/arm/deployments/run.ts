import { randomUUID } from 'node:crypto';
import { objectOf } from '../../../json/json.ts';
import { member } from '../../../json/member.ts';
import { resolve, TemplateError } from '../../../template-language/resolve.ts';
import type { Known } from '../../../template-language/value.ts';
import type { Caller } from '../../entra/caller.ts';
import { type ErrorDetail, ServiceError } from '../../http/answer.ts';
import { type DeploymentOperation, now } from '../../state.ts';
import type { World } from '../../world.ts';
import { parseResourceId } from '../ids.ts';
import { resourceGroupOf } from '../resource-groups.ts';
import { listed, putResource, viewOf } from '../resources.ts';
import type { DeploymentScope } from './place.ts';
import { bodyOf, dependsOn, deploymentType, type Planned, plan } from './plan.ts';
import { parameterValues, type ReadResource, type Template, TemplateNames } from './template.ts';

export interface DeploymentTask {
  readonly caller: Caller;
  readonly place: DeploymentScope;
  readonly template: Template;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether its last resource fails, as a fault. */
  readonly failsLate: boolean;
  /** Told of every operation, and again when it has gone on. */
  readonly onOperation: (operation: DeploymentOperation) => void;
}

export interface Deployed {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly resourceIds: readonly string[];
}

/** A resource that is asked about is part of the deployment and not there yet. */
class NotReady extends Error {}

/** What ARM says of a deployment that failed. */
export class DeploymentFailure extends Error {
  readonly detail: ErrorDetail;

  constructor(details: readonly ErrorDetail[]) {
    super('The deployment failed.');
    this.detail = {
      code: 'DeploymentFailed',
      message:
        'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
      details,
    };
  }
}

/** The names of a template in a place, with the values of its parameters. Throws a TemplateError. */
export function namesOf(
  world: World,
  { place, template, parameters }: Pick<DeploymentTask, 'place' | 'template' | 'parameters'>,
  reference: ReadResource,
): TemplateNames {
  return new TemplateNames(world, place, template, parameterValues(world, place, template, parameters, reference), reference);
}

/**
 * Deploys a template: resource after resource, each as soon as what it depends on is there. When one fails, those that were begun
 * are finished and no more are begun. Throws a DeploymentFailure.
 */
export async function runDeployment(world: World, task: DeploymentTask): Promise<Deployed> {
  const waiting = new Map<string, Planned>();
  const outputs = new Map<string, Deployed['outputs']>();
  const reference: ReadResource = (id, what) => {
    if ([...waiting.values()].some((planned) => planned.id.toLowerCase() === id.toLowerCase())) throw new NotReady();
    const nested = outputs.get(id.toLowerCase());
    return nested ? { outputs: nested } : referenced(world, id, what);
  };
  const names = namesOf(world, task, reference);
  const planned = plan(task.template, names);
  for (const one of planned) waiting.set(one.id.toLowerCase(), one);
  const failed: ErrorDetail[] = [];
  while (waiting.size > 0 && failed.length === 0) {
    const ready = [...waiting.values()].filter(
      (one) => ![...waiting.values()].some((other) => other !== one && dependsOn(one, other)),
    );
    let isStuck = true;
    for (const one of ready) {
      const isLast = waiting.size === 1;
      const outcome = await deployOne(world, task, one, task.failsLate && isLast, outputs);
      if (outcome === 'later') continue;
      isStuck = false;
      waiting.delete(one.id.toLowerCase());
      if (outcome) failed.push(outcome);
    }
    if (isStuck)
      throw new DeploymentFailure([
        { code: 'InvalidTemplate', message: 'The resources of the template depend on each other in a circle.' },
      ]);
  }
  if (failed.length > 0) throw new DeploymentFailure(failed);
  const resolved = Object.entries(objectOf(task.template.outputs)).flatMap(([name, output]) => {
    const condition = member(output, 'condition');
    if (condition !== undefined && resolve(condition, names) !== true) return [];
    return [[name, { type: member(output, 'type'), value: resolve(member(output, 'value'), names) }]];
  });
  return { outputs: Object.fromEntries(resolved), resourceIds: planned.map(({ id }) => id) };
}

/** Gives what went wrong, or `later` where something is needed that is not there yet. */
async function deployOne(
  world: World,
  task: DeploymentTask,
  planned: Planned,
  failsLate: boolean,
  outputs: Map<string, Deployed['outputs']>,
): Promise<ErrorDetail | 'later' | undefined> {
  let body: Record<string, unknown>;
  const isNested = planned.type.toLowerCase() === deploymentType.toLowerCase();
  try {
    body = isNested ? nestedBody(planned) : bodyOf(planned);
  } catch (error) {
    if (error instanceof NotReady) return 'later';
    if (!(error instanceof TemplateError)) throw error;
    return record(task, planned, { code: 'InvalidTemplate', message: error.message }, 'BadRequest');
  }
  const operation = begin(planned);
  task.onOperation(operation);
  await world.pause(world.pace.step);
  try {
    if (failsLate)
      throw new ServiceError(500, { code: 'InternalServerError', message: 'The server encountered an internal error.' });
    const isNew = isNested
      ? await deployNested(world, task, planned, body, outputs)
      : putResource(world, task.caller, planned.id, body).isNew;
    task.onOperation({ ...operation, state: 'Succeeded', statusCode: isNew ? 'Created' : 'OK', timestamp: now() });
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError)
      return record(task, planned, { code: 'InvalidTemplate', message: error.message }, 'BadRequest', operation);
    if (error instanceof DeploymentFailure) return record(task, planned, error.detail, 'Conflict', operation);
    if (error instanceof ServiceError)
      return record(task, planned, error.detail, statusWords[error.status] ?? 'BadRequest', operation);
    throw error;
  }
}

const statusWords: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  500: 'InternalServerError',
};

function begin({ id, name, type }: Planned): DeploymentOperation {
  const started = now();
  return {
    operationId: randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase(),
    resourceId: id,
    resourceName: name,
    resourceType: type,
    state: 'Running',
    statusCode: 'Accepted',
    timestamp: started,
    started,
  };
}

function record(
  task: DeploymentTask,
  planned: Planned,
  detail: ErrorDetail,
  statusCode: string,
  operation = begin(planned),
): ErrorDetail {
  task.onOperation({ ...operation, state: 'Failed', statusCode, statusMessage: { error: detail }, timestamp: now() });
  return { ...detail, target: planned.id };
}

/** Outside the inner template, expressions are of the outer one; inside only with outer scope. */
function nestedBody({ raw, names }: Planned): Record<string, unknown> {
  const isInner = /^inner$/i.test(String(member(raw, 'properties', 'expressionEvaluationOptions', 'scope')));
  const template = member(raw, 'properties', 'template');
  return {
    parameters: resolve(member(raw, 'properties', 'parameters') ?? {}, names),
    template: isInner ? template : resolve(template, names),
  };
}

async function deployNested(
  world: World,
  task: DeploymentTask,
  planned: Planned,
  { parameters, template }: Record<string, unknown>,
  outputs: Map<string, Deployed['outputs']>,
): Promise<boolean> {
  const place = placeOf(world, planned);
  const deployed = await runDeployment(world, {
    ...task,
    place,
    template: objectOf(template),
    parameters: objectOf(parameters),
    failsLate: false,
    // Its own operations are seen in its own deployment; what failed stands in the error.
    onOperation: () => {},
  });
  outputs.set(planned.id.toLowerCase(), deployed.outputs);
  return true;
}

/** Where a nested deployment goes. Throws ResourceGroupNotFound and SubscriptionNotFound. */
export function placeOf(world: World, { id, name }: Pick<Planned, 'id' | 'name'>): DeploymentScope {
  const { subscription = '', group = '' } = parseResourceId(id) ?? {};
  return { subscription, group: resourceGroupOf(world, { subscription, group }), deploymentName: name };
}

function referenced(world: World, id: string, what: Parameters<ReadResource>[1]): Known | undefined {
  if (what !== 'full' && what !== 'properties') return listed(world, id, what) as Known | undefined;
  const resource = world.state.resources.get(id.toLowerCase());
  if (resource === undefined) throw new TemplateError(`The resource '${id}' that reference() names was not found.`);
  const view = viewOf(world, resource) as Known & { properties: Known };
  return what === 'full' ? view : view.properties;
}
