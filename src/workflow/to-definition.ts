import { type Definition, definitionSchema, ignoreKey } from '../definition/definition.ts';
import type { JsonObject } from '../json/json.ts';
import type { Dialect } from './dialect.ts';
import { renameParameters } from './rename-parameters.ts';
import type { Authentication, HttpStep, SecretStep, Trigger, Workflow } from './workflow.ts';

/** The definition of a workflow in the dialect of a host. Shapes: docs/facts/sign-in.md#the-http-action. */
export function toDefinition(workflow: Workflow, dialect: Dialect): Definition {
  const { secretStep, httpSteps } = workflow;
  const actions = {
    ...(secretStep && { [secretStep.actionName]: getSecret(secretStep, dialect) }),
    ...Object.fromEntries(httpSteps.map((step) => [step.actionName, http(step, secretStep)])),
    ...workflow.rawActions,
  };
  return {
    $schema: definitionSchema,
    contentVersion: '1.0.0.0',
    ...(workflow.description === undefined ? {} : { description: workflow.description }),
    ...ignoring({}, workflow, undefined),
    parameters: { ...standingParameters(workflow, dialect), ...declarations(workflow, dialect) },
    triggers: triggers(workflow.trigger, dialect),
    actions: Object.fromEntries(
      Object.entries(inDialect(actions, workflow, dialect)).map(([name, action]) => [
        name,
        { ...action, ...ignoring(action, workflow, name) },
      ]),
    ),
    outputs: {},
  };
}

/** Connections are declared for Get secret, and for what the spec has of its own. */
function standingParameters({ secretStep, rawActions }: Workflow, dialect: Dialect): Definition['parameters'] {
  const isUsed = secretStep !== undefined || JSON.stringify(rawActions).includes('$connections');
  return isUsed ? dialect.standingParameters : {};
}

function declarations({ parameters }: Workflow, { parameterName, declaration }: Dialect): Definition['parameters'] {
  const declared = parameters.map((parameter) => [parameterName(parameter.name), declaration(parameter)] as const);
  return Object.fromEntries(declared.filter((entry): entry is [string, Definition['parameters'][string]] => !!entry[1]));
}

/** The model, and expressions of the spec, know parameters by the names of the workflow. */
function inDialect(
  actions: Record<string, JsonObject>,
  { parameters }: Workflow,
  { parameterName }: Dialect,
): Record<string, JsonObject> {
  const renamed = parameters.filter(({ name }) => parameterName(name) !== name);
  if (renamed.length === 0) return actions;
  const names = new Map(renamed.map(({ name }) => [name.toLowerCase(), parameterName(name)]));
  return renameParameters(actions, names) as Record<string, JsonObject>;
}

function triggers(trigger: Trigger, { buttonInputs, requestInputs }: Dialect): Record<string, JsonObject> {
  switch (trigger.kind) {
    case 'recurrence':
      return { Recurrence: { type: 'Recurrence', recurrence: { ...trigger.recurrence } as JsonObject } };
    case 'request': {
      const { method, relativePath, schema } = trigger.request;
      const inputs = {
        ...(method && { method }),
        ...(relativePath && { relativePath }),
        ...(schema && { schema: schema as JsonObject }),
        ...requestInputs,
      };
      return { manual: { type: 'Request', kind: 'Http', inputs } };
    }
    case 'manual':
      return { manual: { type: 'Request', kind: buttonInputs ? 'Button' : 'Http', inputs: buttonInputs ?? {} } };
  }
}

function getSecret({ nameParameter, versionParameter }: SecretStep, dialect: Dialect): JsonObject {
  const version = versionParameter === undefined ? {} : { version: `parameters('${versionParameter}')` };
  return {
    ...dialect.getSecret({ name: `parameters('${nameParameter}')`, ...version }),
    runAfter: {},
    runtimeConfiguration: secureData('inputs', 'outputs'),
  };
}

function http(step: HttpStep, secretStep: SecretStep | undefined): JsonObject {
  const { method, uri, queries, headers, body, retryPolicy, timeout, runAfter } = step;
  return {
    type: 'Http',
    inputs: {
      method,
      uri,
      ...(queries && { queries }),
      ...(headers && { headers }),
      ...(body === undefined ? {} : { body }),
      authentication: authentication(step.signIn, secretStep),
      ...(retryPolicy && { retryPolicy }),
    },
    runAfter: Object.fromEntries(Object.entries(runAfter).map(([name, statuses]) => [name, [...statuses]])),
    ...(timeout && { limit: { timeout } }),
    // What holds no certificate shows in run history what was sent.
    ...(step.signIn.kind !== 'managedIdentity' && { runtimeConfiguration: secureData('inputs') }),
  };
}

/** `pfx` is the secret's value, straight: on any detour (Compose, a variable) run history would show it. */
function authentication(signIn: Authentication, secretStep: SecretStep | undefined): JsonObject {
  if (signIn.kind === 'managedIdentity') {
    const { audience, identity } = signIn;
    return { type: 'ManagedServiceIdentity', audience, ...(identity !== undefined && { identity }) };
  }
  if (!secretStep) throw new Error('a request signs in with a certificate that nothing reads');
  const pfx = `@body('${secretStep.actionName}')?['value']`;
  if (signIn.kind === 'clientCertificate') return { type: 'ClientCertificate', pfx };
  const { authority, tenant, audience, clientId } = signIn;
  // The PFX that a vault gives has an empty password, and the designer calls the block incomplete without the key.
  return { type: 'ActiveDirectoryOAuth', ...(authority && { authority }), tenant, audience, clientId, pfx, password: '' };
}

function secureData(...properties: ('inputs' | 'outputs')[]): JsonObject {
  return { secureData: { properties } };
}

/** The metadata of an action, or of the definition, that says what the checker is not to report there; nothing where it may all. */
function ignoring({ metadata }: JsonObject, { suppressions }: Workflow, action: string | undefined): { metadata?: JsonObject } {
  const here = suppressions.filter(({ actionName }) => actionName?.toLowerCase() === action?.toLowerCase());
  if (here.length === 0) return {};
  const ignored = Object.fromEntries(here.map(({ rule, reason }) => [rule, reason]));
  return { metadata: { ...(metadata as JsonObject | undefined), [ignoreKey]: ignored } };
}
