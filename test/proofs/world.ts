import { connect } from '../../src/azure/azure.ts';
import { groundOf } from '../../src/cli/ground-of.ts';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import { carryOut, plan } from '../../src/deploy/deploy.ts';
import { proofsOf } from '../../src/deploy/proofs.ts';
import { targetOf } from '../../src/deploy/targets/target-of.ts';
import { addRoleAssignment } from '../../src/emulator/arm/role-assignments.ts';
import { deployerAppId } from '../../src/emulator/deployer.ts';
import { principalByAppId } from '../../src/emulator/entra/directory.ts';
import { startEmulator } from '../../src/emulator/index.ts';
import { State } from '../../src/emulator/state.ts';
import type { Proof } from '../../src/proofs/proof.ts';
import { Sight } from '../../src/proofs/sight.ts';
import { baseSpec, specOf } from '../specs.ts';

export const subscription = '33333333-3333-3333-3333-333333333333';
export const clientId = '22222222-2222-2222-2222-222222222222';

export const healthySpec = {
  ...baseSpec,
  appRegistration: {
    ...baseSpec.appRegistration,
    permissions: [
      { api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: 'https://contoso.sharepoint.com/sites/hr', role: 'read' }] },
      { api: 'graph', roles: ['User.Read.All'] },
    ],
  },
  requests: [
    ...baseSpec.requests,
    { name: 'Get users', url: 'https://graph.microsoft.com/v1.0/users' },
    { name: 'Get orders', url: 'https://orders.contoso.com/all', audience: 'api://orders' },
  ],
};

export type World = Awaited<ReturnType<typeof brokenWorld>>;

/** A loopback Azure in which one spec is deployed and works, put back to that after each break. The caller closes it. */
export async function brokenWorld(overrides: object = {}, target?: string) {
  const spec = specOf({ ...healthySpec, ...overrides });
  const started = await startEmulator({
    delays: { poll: 1, retry: 1 },
    ground: groundOf(spec),
    validateWorkflow: workflowProblem,
  });
  const { state, setClock, setFaults } = started;
  const deployer = principalByAppId(state, deployerAppId)?.id ?? '';
  // Whoever looks may see all; a break takes it away.
  for (const role of ['keyVaultReader', 'certificateUser'] as const)
    addRoleAssignment(state, { scope: `/subscriptions/${subscription}`, role, principalId: deployer });
  const azure = connect(started.profile, { application: 'certflow-test' });
  const planned = await plan(azure, targetOf(spec, undefined, target), () => {}, { followRunning: true });
  await carryOut(azure, planned, { progress: () => {}, run: false });
  const healthy = JSON.stringify(state);
  const restore = () => {
    setClock(0);
    setFaults([]);
    for (const [name, table] of Object.entries(State.from(JSON.parse(healthy)))) {
      const there: Map<string, unknown> = Reflect.get(state, name);
      there.clear();
      for (const [key, value] of table as Map<string, unknown>) there.set(key, value);
    }
  };
  return {
    ...started,
    azure,
    restore,
    /** The proofs of the spec, or of one that says something else. */
    prove: (other: object = {}): Promise<Proof[]> =>
      proofsOf(new Sight(azure), targetOf(specOf({ ...healthySpec, ...overrides, ...other }), undefined, target), {
        cloudFile: 'cloud.json',
      }),
  };
}
