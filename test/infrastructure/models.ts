import { appServiceInfrastructure } from '../../src/infrastructure/app-service/web-app.ts';
import { consumptionInfrastructure } from '../../src/infrastructure/consumption/logic-app.ts';
import type { InfrastructureInput } from '../../src/infrastructure/input.ts';
import type { Infrastructure } from '../../src/infrastructure/model.ts';
import { standardInfrastructure } from '../../src/infrastructure/standard/logic-app.ts';
import { standardNames } from '../../src/infrastructure/standard/names.ts';
import { buildWorkflow } from '../../src/workflow/build.ts';
import type { Dialect } from '../../src/workflow/dialect.ts';
import { consumption } from '../../src/workflow/dialects/consumption.ts';
import { standard } from '../../src/workflow/dialects/standard.ts';
import { toDefinition } from '../../src/workflow/to-definition.ts';
import { specOf } from '../specs.ts';

/** Where a model is deployed to, with the model itself. */
export type Model = Infrastructure & { readonly target: { readonly subscription: string; readonly resourceGroup: string } };

const identity =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-id/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-flows';
const place = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-flows', location: 'westeurope' };
const tags = { 'cost center': "it's 5", owner: '[me]' };
const policyVault = {
  name: 'kv-old',
  access: 'policy',
  resourceGroup: 'rg-shared',
  subscription: '44444444-4444-4444-4444-444444444444',
};
const request = { request: { callers: { ipRanges: ['203.0.113.0/24'] } } };

const ownIdentity = identity.replace('rg-id', 'rg-flows');
const byIdentity = {
  appRegistration: undefined,
  vault: undefined,
  certificate: undefined,
  requests: [{ name: 'Get users', url: 'https://graph.microsoft.com/v1.0/users', signIn: 'managedIdentity' }],
};

function inputOf(overrides: object, host: 'consumption' | 'standard'): InfrastructureInput {
  const spec = specOf(overrides);
  const [environment] = spec.environments.values();
  if (!environment) throw new Error('the spec has no environment');
  const workflow = buildWorkflow(spec, host);
  const dialect: Dialect = host === 'consumption' ? consumption : standard(standardNames(spec, environment));
  return { spec, environment, workflow, definition: toDefinition(workflow, dialect) };
}

const ofConsumption = (overrides: object, target: object = {}) =>
  consumptionInfrastructure(inputOf({ ...overrides, targets: { consumption: { ...place, ...target } } }, 'consumption'));
const ofStandard = (overrides: object, target: object) =>
  standardInfrastructure(
    inputOf({ ...overrides, targets: { standard: { ...place, site: 'logic-contoso', ...target } } }, 'standard'),
  );
const ofAppService = (overrides: object, target: object) =>
  appServiceInfrastructure(
    inputOf({ ...overrides, targets: { appService: { ...place, site: 'app-contoso', ...target } } }, 'consumption'),
  );

/** Models that together have everything that a target can deploy. */
export const models: readonly (readonly [name: string, model: Model])[] = [
  ['a Logic App (Consumption) with its own identity, callers and tags', ofConsumption({ trigger: request }, { tags })],
  [
    'one with a user-assigned identity and a vault with access policies',
    ofConsumption({ vault: policyVault }, { managedIdentity: identity }),
  ],
  ['a new Logic App (Standard) with the managed connector', ofStandard({}, { keyVaultConnector: 'managed', tags })],
  ['a workflow in a Logic App (Standard) that is there', ofStandard({}, { existingSite: true, managedIdentity: identity })],
  ['a new web app with a user-assigned identity', ofAppService({}, { existingSite: false, managedIdentity: identity, tags })],
  [
    'a Logic App (Consumption) that signs in with an identity that is made',
    ofConsumption(byIdentity, { managedIdentity: ownIdentity, existingIdentity: false, tags }),
  ],
  ['a new Logic App (Standard) that signs in with its own identity', ofStandard(byIdentity, {})],
  [
    'a new web app that signs in with an identity that is made',
    ofAppService(byIdentity, { existingSite: false, managedIdentity: ownIdentity, existingIdentity: false }),
  ],
  ['a web app that is there', ofAppService({ vault: policyVault }, {})],
];
