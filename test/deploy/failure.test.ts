import { expect, test } from 'vitest';
import { whyItFailed } from '../../src/deploy/failure.ts';
import { targetOf } from '../../src/deploy/targets/target-of.ts';
import { parseSpec } from '../../src/index.ts';
import { loopback, profileAt, signedIn } from '../azure/loopback.ts';
import { specText } from '../specs.ts';

const group = '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups';
const spec = parseSpec(specText(), { file: 'certflow.yaml' });

function operation(resourceId: string, type: string, error?: object) {
  const resourceName = resourceId.slice(resourceId.lastIndexOf('/') + 1);
  return {
    id: resourceId,
    operationId: '1',
    properties: {
      provisioningState: error ? 'Failed' : 'Succeeded',
      targetResource: { id: resourceId, resourceType: type, resourceName },
      ...(error ? { statusMessage: { error } } : {}),
    },
  };
}

/** Why a deployment failed of which the operations are these, by the name of the deployment. */
async function why(operations: Readonly<Record<string, readonly object[]>>) {
  const { address, certificate } = await loopback(({ path }) => {
    const name = /\/deployments\/([^/]+)\/operations/.exec(path)?.[1] ?? '';
    const value = operations[name];
    return value
      ? { status: 200, body: { value } }
      : { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } };
  });
  return whyItFailed(signedIn(profileAt(address, certificate)), targetOf(spec, undefined), 'Failed', [
    { code: 'DeploymentFailed', message: 'At least one resource deployment operation failed.' },
  ]);
}

const workflow = `${group}/rg-flows-dev/providers/Microsoft.Logic/workflows/hr-lists`;
const inside = `${group}/rg-shared/providers/Microsoft.Resources/deployments/hr-lists-vault-access`;
const assignment = `${group}/rg-shared/providers/Microsoft.KeyVault/vaults/kv/providers/Microsoft.Authorization/roleAssignments/1`;
const exists = { code: 'RoleAssignmentExists', message: 'The role assignment already exists.' };

test("the cause is that of the operation, with the request's line in the spec", async () => {
  const error = await why({
    'certflow-hr-lists': [
      operation(`${group}/x`, 'Microsoft.Web/connections'),
      operation(workflow, 'Microsoft.Logic/workflows', {
        code: 'InvalidTemplate',
        message: "The action 'Get_lists' is not valid.",
      }),
    ],
  });
  expect(error.message).toBe(`The deployment certflow-hr-lists ended as Failed.
  Microsoft.Logic/workflows hr-lists
    InvalidTemplate: The action 'Get_lists' is not valid.
    at certflow.yaml:7:11 (/requests/0/name)
    Run "certflow check" on the definition; mend the request or action that the message names in the spec.
Then run the same command again: what is there already stays.`);
});

test('the cause within a deployment inside is found, where one may look there; else the outer one must do', async () => {
  const outer = operation(inside, 'Microsoft.Resources/deployments', {
    code: 'DeploymentFailed',
    message: 'At least one failed.',
    details: [exists],
  });
  const found = await why({
    'certflow-hr-lists': [outer],
    'hr-lists-vault-access': [operation(assignment, 'Microsoft.Authorization/roleAssignments', exists)],
  });
  expect(found.resources).toMatchObject([
    {
      type: 'Microsoft.Authorization/roleAssignments',
      causes: [exists],
      cure: expect.stringContaining('assignVaultRole: false'),
    },
  ]);
  const hidden = await why({ 'certflow-hr-lists': [outer] });
  expect(hidden.resources).toMatchObject([
    { type: 'Microsoft.Resources/deployments', cure: expect.stringContaining('assignVaultRole: false') },
  ]);
});

test('without operations the deployment itself says why; the place is the key that the code is about', async () => {
  const found = await why({ 'certflow-hr-lists': [] });
  expect(found.resources).toMatchObject([{ type: 'Microsoft.Resources/deployments', causes: [{ code: 'DeploymentFailed' }] }]);
  const elsewhere = await why({
    'certflow-hr-lists': [
      operation(workflow, 'Microsoft.Logic/workflows', {
        code: 'InvalidResourceLocation',
        message: 'It is in northeurope already.',
      }),
    ],
  });
  expect(elsewhere.resources[0]?.place).toMatchObject({
    pointer: '/targets/consumption/location',
    range: { start: { line: 10 } },
  });
});
