import { isObject } from '../../json/json.ts';
import { type Block, Encoded, open } from './hcl.ts';

type Json = Readonly<Record<string, unknown>>;

const definitionSchema =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';

/** What Resource Manager works out in a deployment: nothing is said about it. */
const anything = "[reference('terraform')]";

/**
 * The ARM template of the workflows that the resources of a module make, as far as they are written out. Undefined where they make
 * none. Sources: the documentation of hashicorp/azurerm (`logic_app_*`, `resource_group_template_deployment`) and of Azure/azapi.
 */
export function templateOf(blocks: readonly Block[]): Json | undefined {
  const resources = blocks.filter(({ type }) => type === 'resource');
  const found = [...ofAzurerm(resources), ...resources.flatMap(ofAzapi), ...resources.flatMap(ofDeployment)];
  if (found.length === 0) return undefined;
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: found,
  };
}

/** A workflow with the triggers and actions that name it; left alone where one of them is not written out, or may be of any workflow. */
function ofAzurerm(resources: readonly Block[]): Json[] {
  const parts = resources.filter(({ labels: [type = ''] }) => /^azurerm_logic_app_(?:trigger|action)_/.test(type));
  const owners = parts.map(
    ({ written }) => /^azurerm_logic_app_workflow\.(\w+)\.id$/.exec(written.get('logic_app_id') ?? '')?.[1],
  );
  if (owners.includes(undefined)) return [];
  const workflows = resources.filter(({ labels: [type] }) => type === 'azurerm_logic_app_workflow');
  return workflows.flatMap((workflow) => {
    const own = parts.filter((_, index) => owners[index] === workflow.labels[1]);
    const made = own.length === 0 || isRepeated(workflow) ? undefined : workflowOf(workflow, own);
    return made ? [made] : [];
  });
}

function workflowOf({ attributes }: Block, parts: readonly Block[]): Json | undefined {
  const sides: Record<'triggers' | 'actions', Record<string, unknown>> = { triggers: {}, actions: {} };
  for (const part of parts) {
    const name = part.attributes.get('name');
    const body = bodyOf(part);
    if (typeof name !== 'string' || name.includes(open) || body === undefined || isRepeated(part)) return undefined;
    sides[part.labels[0]?.includes('_trigger_') ? 'triggers' : 'actions'][name] = body;
  }
  const parameters = jsonMap(attributes.get('workflow_parameters'));
  if (parameters === undefined) return undefined;
  const definition = { $schema: definitionSchema, contentVersion: '1.0.0.0', parameters, ...sides };
  return { ...logicApp, name: closed(attributes.get('name')), properties: { definition: closed(definition) } };
}

const logicApp = { type: 'Microsoft.Logic/workflows', apiVersion: '2019-05-01' };

/** Whether it makes none, one or many. */
function isRepeated({ attributes, blocks }: Block): boolean {
  return attributes.has('count') || attributes.has('for_each') || blocks.some(({ type }) => type === 'dynamic');
}

/** A trigger or an action, as the definition has it; undefined where it is not written out. */
function bodyOf({ labels: [type = ''], attributes, blocks }: Block): unknown {
  const get = (name: string) => attributes.get(name);
  if (/_custom$/.test(type)) return jsonOf(get('body'));
  if (type === 'azurerm_logic_app_trigger_http_request')
    return {
      type: 'Request',
      kind: 'Http',
      inputs: { schema: jsonOf(get('schema')) ?? {}, ...known({ method: get('method'), relativePath: get('relative_path') }) },
    };
  if (type === 'azurerm_logic_app_trigger_recurrence')
    return {
      type: 'Recurrence',
      recurrence: known({
        frequency: get('frequency'),
        interval: get('interval'),
        startTime: get('start_time'),
        timeZone: get('time_zone'),
      }),
    };
  if (type !== 'azurerm_logic_app_action_http') return undefined;
  const runAfter = blocks
    .filter((block) => block.type === 'run_after')
    .map(({ attributes: after }) => [after.get('action_name'), [after.get('action_result')]]);
  if (runAfter.some(([name]) => typeof name !== 'string' || name.includes(open))) return undefined;
  return {
    type: 'Http',
    inputs: known({
      method: get('method'),
      uri: get('uri'),
      headers: get('headers'),
      queries: get('queries'),
      body: jsonOf(get('body')) ?? get('body'),
    }),
    runAfter: Object.fromEntries(runAfter),
  };
}

/** A map whose values are JSON as text; undefined where it is not written out. */
function jsonMap(value: unknown): Json | undefined {
  if (value === undefined) return {};
  if (!isObject(value)) return undefined;
  const members = Object.entries(value).map(([name, json]) => [name, jsonOf(json)] as const);
  return members.some(([, json]) => json === undefined) ? undefined : Object.fromEntries(members);
}

function ofAzapi({ labels: [kind], attributes }: Block): Json[] {
  const type = attributes.get('type');
  if (!/^azapi_(?:update_)?resource$/.test(kind ?? '') || typeof type !== 'string') return [];
  const [name = '', apiVersion = ''] = type.split('@');
  const body = jsonOf(attributes.get('body'));
  if (!/^microsoft\.logic\/workflows$/i.test(name) || !isObject(body)) return [];
  return [{ type: name, apiVersion, name: closed(attributes.get('name')), ...(closed(body) as Json) }];
}

/** A template that Terraform deploys, in its own language, as a nested one. */
function ofDeployment({ labels: [kind = ''], attributes }: Block): Json[] {
  if (!/^azurerm_.*template_deployment$/.test(kind)) return [];
  const template = jsonOf(attributes.get('template_content') ?? attributes.get('template_body'));
  if (!isObject(template)) return [];
  const inner = replaced(template, (text) => (text.includes(open) ? anything : text));
  const properties = { mode: 'Incremental', expressionEvaluationOptions: { scope: 'inner' }, template: inner };
  return [{ type: 'Microsoft.Resources/deployments', apiVersion: '2022-09-01', name: 'terraform', properties }];
}

/** JSON that is written as a text, or by `jsonencode`; undefined where it is neither. */
function jsonOf(value: unknown): unknown {
  if (value instanceof Encoded) return value.value;
  if (typeof value !== 'string') return isObject(value) ? value : undefined;
  // What stands for a whole value in JSON has no quotes around it.
  for (const text of [value, value.replaceAll(open, `"${open}"`)]) {
    try {
      return JSON.parse(text);
    } catch {
      // The other way, or none.
    }
  }
  return undefined;
}

/** As an ARM template writes it: what is open is an expression, and a text that would read as one is escaped. */
function closed(value: unknown): unknown {
  return replaced(value, (text) => (text.includes(open) ? anything : text.startsWith('[') ? `[${text}` : text));
}

function replaced(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (value instanceof Encoded) return change(open);
  if (Array.isArray(value)) return value.map((element) => replaced(element, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaced(member, change)]));
}

function known(values: Json): Json {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}
