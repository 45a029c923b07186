import { expect, test } from 'vitest';
import { awaitAccess } from '../../src/deploy/await-access.ts';
import { targetOf } from '../../src/deploy/targets/target-of.ts';
import { type Answer, loopback, profileAt, type Received, signedIn } from '../azure/loopback.ts';
import { specOf } from '../specs.ts';

const assignment = (scope: string, role: string) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/1`,
  properties: { scope, principalId: 'p', roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}` },
});

/** What becomes of waiting, with a cloud that answers so to the question who has a role. */
async function waiting(answer: (index: number, scope: string) => Answer, overrides = {}) {
  let looks = 0;
  const { address, certificate } = await loopback(({ path }: Received) => {
    if (path.includes('/workflows/'))
      return { status: 200, body: { location: 'westeurope', identity: { type: 'SystemAssigned', principalId: 'p' } } };
    return answer(looks++, path.slice(0, path.indexOf('/providers/Microsoft.Authorization')));
  });
  const told: string[] = [];
  const job = targetOf(specOf(overrides), undefined);
  const result = await awaitAccess(signedIn(profileAt(address, certificate)), job, (about, state) =>
    told.push(`${about}: ${state}`),
  );
  return { result, told, looks };
}

const secretsUser = '4633458b-17de-408a-b874-0445c86b69e6';
const nobody: Answer = { status: 200, body: { value: [] } };

test('a role that Azure does not show yet is waited for, with the reason', async () => {
  const { result, told, looks } = await waiting((index, scope) =>
    index < 2 ? nobody : { status: 200, body: { value: [assignment(scope, secretsUser)] } },
  );
  expect([result, looks]).toEqual([true, 3]);
  expect(told.at(0)).toBe(
    'access to the key vault kv-contoso-dev: was given, and is not known everywhere yet: waiting, up to 10 minutes',
  );
  expect(told.at(-1)).toBe('access to the key vault kv-contoso-dev: held (Key Vault Secrets User)');
});

test('another role, or the right one below the vault, is not the access that it takes', async () => {
  const wrong = (scope: string) => [
    assignment(scope, '21090545-7ca7-4776-b22c-e363652d74d2'),
    assignment(`${scope}/secrets/one`, secretsUser),
  ];
  const { looks } = await waiting((index, scope) => ({
    status: 200,
    body: { value: index === 0 ? wrong(scope) : [assignment(scope.replace(/\/providers.*/, ''), secretsUser)] },
  }));
  expect(looks).toBe(2);
});

test('a role that never comes ends the wait, with what to do', async () => {
  await expect(waiting(() => nobody)).rejects.toThrow(
    'took longer than 10 minutes.\nRun the same command again in some minutes.',
  );
});

test('who may not look believes what was deployed; what is left to others is not waited for', async () => {
  const refused: Answer = { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } };
  expect((await waiting(() => refused)).result).toBe(true);
  const { consumption } = specOf({}).environments.get('')?.targets ?? {};
  const others = await waiting(() => nobody, { targets: { consumption: { ...consumption, assignVaultRole: false } } });
  expect([others.result, others.looks]).toEqual([false, 1]);
});
