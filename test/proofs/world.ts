import { connect } from '../../src/azure/azure.ts';
import { readPfx } from '../../src/certificate/index.ts';
import { groundOf } from '../../src/cli/ground-of.ts';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import { carryOut, plan } from '../../src/deploy/deploy.ts';
import type { Plan } from '../../src/deploy/plan.ts';
import { proofsOf } from '../../src/deploy/proofs.ts';
import { targetOf } from '../../src/deploy/targets/target-of.ts';
import type { FileContents } from '../../src/doctor/certificate-file.ts';
import { doctorOfFile } from '../../src/doctor/of-file.ts';
import { addressOf, doctorOfLogicApp } from '../../src/doctor/of-logic-app.ts';
import { doctorOfSpec } from '../../src/doctor/of-spec.ts';
import { addRoleAssignment } from '../../src/emulator/arm/role-assignments.ts';
import { deployerAppId } from '../../src/emulator/deployer.ts';
import { principalByAppId } from '../../src/emulator/entra/directory.ts';
import { startEmulator } from '../../src/emulator/index.ts';
import { State } from '../../src/emulator/state.ts';
import type { Proof } from '../../src/proofs/proof.ts';
import { Sight } from '../../src/proofs/sight.ts';
import { baseSpec, specOf } from '../specs.ts';

export const subscription = '33333333-3333-3333-3333-333333333333';
const logicApp = `/subscriptions/${subscription}/resourceGroups/rg-flows-dev/providers/Microsoft.Logic/workflows/hr-lists`;
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
  const planned = () => plan(azure, targetOf(spec, undefined, target), () => {}, { followRunning: true });
  const deploy = async (given?: Plan) =>
    carryOut(azure, given ?? (await planned()), { progress: () => {}, run: given !== undefined });
  await deploy();
  const secrets: string[] = [];
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
    /** What doctor says of the spec, with the certificate of the vault, or of its PFX alone. */
    doctor: (call?: string | true): Promise<Proof[]> =>
      doctorOfSpec(new Sight(azure), targetOf(spec, undefined, target), {
        cloudFile: 'cloud.json',
        ...(call === undefined ? {} : { call }),
        onSecret: (text) => secrets.push(text),
      }),
    doctorOfLogicApp: (run?: string) =>
      doctorOfLogicApp(new Sight(azure), addressOf(logicApp), {
        cloudFile: 'cloud.json',
        ...(run === undefined ? {} : { run }),
        onSecret: (text) => secrets.push(text),
      }),
    doctorOfPfx: (file = certificateOf(state)): Promise<Proof[]> =>
      doctorOfFile(new Sight(azure), file, {
        tenant: '11111111-1111-1111-1111-111111111111',
        clientId,
        audience: 'https://contoso.sharepoint.com',
        line: { cloud: [['--cloud-file', 'cloud.json']] },
        onSecret: (text) => secrets.push(text),
      }),
    secrets,
    plan: planned,
    deploy,
    /** The proofs of the spec, or of one that says something else. */
    prove: (other: object = {}): Promise<Proof[]> =>
      proofsOf(new Sight(azure), targetOf(specOf({ ...healthySpec, ...overrides, ...other }), undefined, target), {
        cloudFile: 'cloud.json',
      }),
  };
}

/** Key and certificate as the vault has them. */
export function certificateOf(state: State): FileContents {
  const pfx = state.secrets.get('kv-contoso-dev/sharepoint-cert')?.versions.at(-1)?.value ?? '';
  return { path: 'hr.pfx', ...readPfx(Buffer.from(pfx, 'base64')) };
}
