import { type Definition, definitionSchema, type JsonObject } from '../definition/definition.ts';
import type { HttpStep, SecretStep, SignIn, Trigger, Workflow } from './workflow.ts';

/** The definition of a workflow as Logic Apps (Consumption) takes it. Shapes: facts/workflow-definitions.md 0, 2 and 4. */
export function toDefinition(workflow: Workflow): Definition {
  const { secretStep, httpSteps } = workflow;
  return {
    $schema: definitionSchema,
    contentVersion: '1.0.0.0',
    ...(workflow.description === undefined ? {} : { description: workflow.description }),
    parameters: {
      $connections: { type: 'Object', defaultValue: {} },
      ...Object.fromEntries(workflow.parameters.map(({ name }) => [name, { type: 'String' as const }])),
    },
    triggers: triggers(workflow.trigger),
    actions: {
      [secretStep.actionName]: getSecret(secretStep),
      ...Object.fromEntries(httpSteps.map((step) => [step.actionName, http(step, secretStep)])),
      ...workflow.rawActions,
    },
    outputs: {},
  };
}

function triggers(trigger: Trigger): Record<string, JsonObject> {
  switch (trigger.kind) {
    case 'recurrence':
      return { Recurrence: { type: 'Recurrence', recurrence: { ...trigger.recurrence } as JsonObject } };
    case 'request': {
      const { method, relativePath, schema } = trigger.request;
      const inputs = {
        ...(method && { method }),
        ...(relativePath && { relativePath }),
        ...(schema && { schema: schema as JsonObject }),
      };
      return { manual: { type: 'Request', kind: 'Http', inputs } };
    }
    case 'manual':
      return { manual: { type: 'Request', kind: 'Button', inputs: {} } };
  }
}

/** The certificate is read as the secret of the same name, which holds the PFX in base64; the connector has no certificate operations. */
function getSecret({ nameParameter, versionParameter }: SecretStep): JsonObject {
  const segment = (parameter: string) => `@{encodeURIComponent(parameters('${parameter}'))}`;
  const version = versionParameter === undefined ? '' : `/versions/${segment(versionParameter)}`;
  return {
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
      method: 'get',
      path: `/secrets/${segment(nameParameter)}${version}/value`,
    },
    runAfter: {},
    runtimeConfiguration: secureData('inputs', 'outputs'),
  };
}

function http(step: HttpStep, secretStep: SecretStep): JsonObject {
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
    runtimeConfiguration: secureData('inputs'),
  };
}

/** `pfx` is the secret's value, straight: on any detour (Compose, a variable) run history would show it. */
function authentication(signIn: SignIn, { actionName }: SecretStep): JsonObject {
  const pfx = `@body('${actionName}')?['value']`;
  if (signIn.kind === 'clientCertificate') return { type: 'ClientCertificate', pfx };
  const { authority, tenant, audience, clientId } = signIn;
  // The PFX that a vault gives has an empty password, and the designer calls the block incomplete without the key.
  return { type: 'ActiveDirectoryOAuth', ...(authority && { authority }), tenant, audience, clientId, pfx, password: '' };
}

function secureData(...properties: ('inputs' | 'outputs')[]): JsonObject {
  return { secureData: { properties } };
}
