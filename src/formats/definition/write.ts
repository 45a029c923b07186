import { clouds } from '../../cloud/clouds.ts';
import template from '../../generated/templates/definition/README.md.js';
import { callerRanges } from '../../infrastructure/callers.ts';
import { connectionKey } from '../../infrastructure/consumption/logic-app.ts';
import { type ConsumptionPlace, consumptionPlace } from '../../infrastructure/consumption/place.ts';
import { render } from '../../text/render.ts';
import { consumption } from '../../workflow/dialects/consumption.ts';
import { parameterValues } from '../../workflow/parameter-values.ts';
import type { GeneratedFile, WriteInput } from '../format.ts';
import { commandFor, deployWords } from '../readme/deploy.ts';
import { identityWords } from '../readme/identity.ts';
import { toJson } from '../writing/json.ts';

export const dialect = () => consumption;

/**
 * `definition.json` is the bare definition, the same in every environment. `code-view.json` is what the code view of a Logic App
 * (Consumption) in the portal takes, with this environment's values; it names the Key Vault connection by its resource id, where there is one, so it
 * is made only where the spec says in targets.consumption where that is. README.md says how to use them.
 * Shape of the code view: docs/facts/resource-manager.md#the-workflow-as-a-resource.
 */
export function write(input: WriteInput): GeneratedFile[] {
  const { spec, environment, definition, workflow } = input;
  const values = parameterValues(spec, environment, workflow);
  const target = environment.targets.consumption && consumptionPlace(spec, environment);
  return [
    { path: 'definition.json', contents: toJson(definition) },
    ...(target ? [{ path: 'code-view.json', contents: toJson(codeView(input, target, values)) }] : []),
    { path: 'README.md', contents: readme(input, target, values) },
  ];
}

function codeView({ definition, workflow }: WriteInput, target: ConsumptionPlace, values: Record<string, string>) {
  const { connectionName, userAssignedIdentity } = target;
  const parameters = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
  if (connectionName === undefined) return { definition, parameters };
  const connection = {
    id: managedApiId(target),
    connectionId: `${resourceGroupId(target)}/providers/Microsoft.Web/connections/${connectionName}`,
    connectionName,
    connectionProperties: {
      authentication: { type: 'ManagedServiceIdentity', ...(userAssignedIdentity && { identity: userAssignedIdentity }) },
    },
  };
  return { definition, parameters: { $connections: { value: { [connectionKey(workflow)]: connection } }, ...parameters } };
}

function resourceGroupId({ subscription, resourceGroup }: ConsumptionPlace): string {
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
}

function managedApiId({ subscription, location }: ConsumptionPlace): string {
  return `/subscriptions/${subscription}/providers/Microsoft.Web/locations/${location}/managedApis/keyvault`;
}

function readme(input: WriteInput, target: ConsumptionPlace | undefined, values: Record<string, string>): string {
  const { spec, environment, workflow, definition } = input;
  return render(template, {
    workflow: workflow.name,
    picture: input.picture(),
    environment: environment.name,
    portal: clouds[environment.cloud].portal,
    vault: { name: environment.vault?.name ?? '' },
    isPolicyVault: environment.vault?.access === 'policy',
    certificate: environment.certificate?.name ?? '',
    target: target && { ...target, connectionName: target.connectionName ?? '', identity: target.userAssignedIdentity ?? '' },
    deploy: commandFor(input, 'deploy'),
    deployWords: target ? deployWords(input, 'consumption') : '',
    identityWords: target ? identityWords(input, target, 'Logic App') : '',
    parameters: workflow.parameters.map(({ name, meaning }) => ({ name, meaning, value: values[name] })),
    actions: Object.entries(definition.actions).map(([name, action]) => ({
      name,
      does: description(name, action.type as string, workflow.httpSteps),
    })),
    isCallable: spec.trigger.recurrence === undefined,
    onlyLogicApps: callerRanges(spec)?.length === 0,
    callers: callerRanges(spec)?.join(', ') ?? '',
    file: spec.source.fileName,
  });
}

function description(name: string, type: string, steps: WriteInput['workflow']['httpSteps']): string {
  const step = steps.find(({ actionName }) => actionName === name);
  if (step)
    return `calls the API: ${step.method}, signed in with the ${step.signIn.kind === 'managedIdentity' ? 'managed identity' : 'certificate'}`;
  return type === 'ApiConnection' && name === 'Get_secret'
    ? 'reads the certificate from the vault; its outputs are hidden from run history'
    : `${type}, from the spec`;
}
