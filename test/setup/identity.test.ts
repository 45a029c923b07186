import { expect, test } from 'vitest';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import { carryOut, plan as planDeployment } from '../../src/deploy/deploy.ts';
import { targetOf } from '../../src/deploy/targets/target-of.ts';
import { member } from '../../src/json/member.ts';
import { setUp } from '../../src/setup/setup.ts';
import { identityIn, identitySpec } from '../proofs/identity.ts';
import { mistakes, specOf } from '../specs.ts';
import { states, subscription, world } from './world.ts';

const site = 'https://contoso.sharepoint.com/sites/hr';
const atMicrosoft = { ...identitySpec, requests: identitySpec.requests.slice(0, 2) };
const own = { consumption: { subscription, resourceGroup: 'rg-flows-dev', location: 'westeurope' } };
const made = { consumption: { ...identitySpec.targets.consumption, existingIdentity: false } };
const daily = { recurrence: { frequency: 'Day', interval: 1, timeZone: 'UTC' } };

/** An emulator in which nothing is there, and what setup and deploy do with a spec in it. */
async function ground(overrides: object, graphRoles?: string[]) {
  const { azure, state, requests } = await world({ validateWorkflow: workflowProblem, ...(graphRoles && { graphRoles }) });
  const spec = specOf({ ...atMicrosoft, ...overrides });
  const setup = () => setUp(azure, spec, { confirm: () => true });
  const target = targetOf(spec, undefined);
  const looking = () => planDeployment(azure, target, () => {}, { followRunning: true });
  const deploy = async (run = false) => carryOut(azure, await looking(), { progress: () => {}, run });
  return { azure, state, requests, setup, looking, deploy };
}

test('a user-assigned identity is made, gets permissions and sites, and the workflow that is deployed then runs', async () => {
  const { state, requests, setup, looking, deploy } = await ground({ targets: made });
  const { plan, items, outcome, wrong } = await setup();
  const of = 'for the managed identity "id-hr"';
  expect(states(plan)).toEqual([
    'to create managed identity "id-hr"',
    `to create permission Sites.Selected on SharePoint ${of}`,
    `to create right read on ${site} ${of}`,
    `to create permission User.Read.All on Microsoft Graph ${of}`,
  ]);
  expect([outcome, items?.filter((item) => item.outcome !== 'created'), wrong]).toEqual(['set up', [], undefined]);

  const before = requests().length;
  const again = await setup();
  expect([again.outcome, states(again.plan).filter((line) => !line.startsWith('present'))]).toEqual(['unchanged', []]);
  expect(
    requests()
      .slice(before)
      .filter(({ method, service }) => method !== 'GET' && service !== 'entra'),
  ).toEqual([]);

  expect((await looking()).permissions).toEqual({ state: 'held' });
  const { proofs, run } = await deploy(true);
  expect(proofs.filter(({ result }) => result !== 'ok')).toEqual([]);
  expect(run?.run.status).toBe('Succeeded');
  // A deployment that makes the identity takes the one that is there.
  expect([...state.resources.keys()].filter((id) => id.includes('userassignedidentities'))).toHaveLength(1);
  expect((await looking()).changes.filter(({ action }) => action !== 'none')).toEqual([]);
});

test('a workflow of its own identity waits, disabled, until that has its permissions', async () => {
  const { state, setup, looking, deploy } = await ground({ targets: own, trigger: daily });
  const first = await setup();
  expect(states(first.plan)).toEqual([
    'left to others identity of the Logic App "hr-lists"',
    'left to others permission Sites.Selected on SharePoint for the Logic App "hr-lists"',
    `left to others right read on ${site} for the Logic App "hr-lists"`,
    'left to others permission User.Read.All on Microsoft Graph for the Logic App "hr-lists"',
  ]);
  const before = await looking();
  expect(before.permissions).toMatchObject({ state: 'missing' });
  const { proofs } = await deploy();
  const stateOf = () =>
    member(
      state.resources.get([...state.resources.keys()].find((id) => id.includes('microsoft.logic')) ?? '')?.properties,
      'state',
    );
  expect(stateOf()).toBe('Disabled');
  expect(proofs.filter(({ result }) => result === 'wrong').map(({ link, about }) => [link, about])).toEqual([
    ['identity permissions', 'SharePoint'],
    ['identity permissions', 'Microsoft Graph'],
  ]);
  // A second deployment before that changes nothing.
  expect((await looking()).changes.filter(({ action }) => action !== 'none')).toEqual([]);

  expect((await setup()).outcome).toBe('set up');
  const then = await deploy();
  expect([stateOf(), then.proofs.filter(({ result }) => result !== 'ok')]).toEqual(['Enabled', []]);
});

test('an API refuses an identity without a role, and a site without a right', async () => {
  const { state, setup, deploy } = await ground({ targets: made });
  await setup();
  state.sitePermissions.clear();
  const { run } = await deploy(true);
  const failed = run?.actions.find(({ name }) => name === 'Get_lists');
  expect([failed?.status, failed?.causes[0]?.code]).toEqual(['Failed', 'Forbidden']);
});

test('an identity that is not there is told before anything is done', async () => {
  const { setup } = await ground({ targets: identitySpec.targets });
  const { outcome, plan } = await setup();
  expect([outcome, plan[0]]).toEqual([
    'blocked',
    expect.objectContaining({ state: 'blocked', detail: expect.stringContaining('existingIdentity: false') }),
  ]);
});

test('whoever may not give permissions makes what they may, and is told who gives the rest', async () => {
  const { state, setup } = await ground({ targets: made }, ['Directory.Read.All', 'Sites.FullControl.All']);
  const { outcome, items } = await setup();
  expect(outcome).toBe('set up');
  expect(items?.map((item) => item.outcome)).toEqual(['created', 'left to others', 'created', 'left to others']);
  expect(items?.[1]?.detail).toMatch(/administrator .*certflow setup --script powershell/);
  expect(identityIn(state)).toBeDefined();
});

test('a permission that the API does not offer stands in the way', async () => {
  const { setup } = await ground({
    targets: made,
    managedIdentity: { permissions: [{ api: 'graph', roles: ['User.Reed.All'] }] },
  });
  const { outcome, plan } = await setup();
  expect([outcome, plan[1]?.detail]).toEqual([
    'blocked',
    expect.stringMatching(/no application permission "User.Reed.All": .*User\.Read\.All/),
  ]);
});

test('an identity that is made lies beside what has it, and is a user-assigned one', () => {
  const text = (target: object) =>
    JSON.stringify({
      ...specOf,
      name: 'a',
      trigger: { manual: {} },
      ...atMicrosoft,
      targets: { consumption: { ...made.consumption, ...target } },
    });
  expect(mistakes(text({ resourceGroup: 'rg-other' }))).toEqual([
    expect.stringContaining('lies in the resource group of its target, rg-other'),
  ]);
  expect(mistakes(text({ managedIdentity: 'systemAssigned' }))).toEqual([expect.stringContaining('none is named')]);
});
