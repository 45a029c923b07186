import { type Azure, connect } from '../../src/azure/azure.ts';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import type { PlanItem, SetupOptions } from '../../src/index.ts';
import type { SetupRemoval } from '../../src/setup/removals/removal.ts';
import { setupRemovalsOf } from '../../src/setup/removals/setup-removals.ts';
import { setUp } from '../../src/setup/setup.ts';
import { chooseEnvironment } from '../../src/spec/choose-environment.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { graph } from '../emulator/graph.ts';
import { emulator } from '../emulator/start.ts';
import { specOf } from '../specs.ts';

export const tenantId = '11111111-1111-1111-1111-111111111111';
export const subscription = '33333333-3333-3333-3333-333333333333';

/** A spec with everything in it that is set up, and no client id yet. */
export const wholeSpec = {
  name: 'hr-lists',
  appRegistration: {
    tenantId,
    displayName: 'HR lists reader',
    permissions: [
      { api: 'sharepoint', roles: ['Sites.Selected'], sites: [{ url: 'https://contoso.sharepoint.com/sites/hr', role: 'read' }] },
      { api: 'graph', roles: ['User.Read.All'] },
    ],
  },
  vault: { name: 'kv-contoso-dev', resourceGroup: 'rg-shared' },
  certificate: { name: 'sharepoint-cert' },
  targets: {
    consumption: { subscription, resourceGroup: 'rg-flows', location: 'westeurope' },
    powerAutomate: { connectionOwner: 'flows@contoso.com' },
  },
};

/** An emulator with what asks it, and setup with all its words collected. */
export async function world(options: EmulatorOptions = {}) {
  const loopback = await emulator(options);
  const azure = connect(loopback.profile, { application: 'certflow-test' });
  const run = async (overrides: object = {}, more: Partial<SetupOptions> = {}) => {
    const told: string[] = [];
    let clientId: string | undefined;
    const result = await setUp(azure, specOf({ ...wholeSpec, ...overrides }), {
      confirm: () => true,
      progress: ({ about, state }) => told.push(`${about}: ${state}`),
      onClientId: (id) => {
        clientId = id;
      },
      ...more,
    });
    return { ...result, told, written: clientId };
  };
  return { ...loopback, azure, run, ask: graph(loopback.profile) };
}

/** `state name` of each item. */
export function states(plan: readonly PlanItem[]): string[] {
  return plan.map(({ state, name }) => `${state} ${name}`);
}

/** What setting up a spec in its only environment has made, and would be taken back alone. */
export async function removalsOf(azure: Azure, spec: Spec): Promise<SetupRemoval[]> {
  const at = { spec, environment: chooseEnvironment(spec, undefined) };
  const all = await setupRemovalsOf(azure, at, { leaving: [at] });
  return all.filter(({ staysBecause }) => staysBecause === undefined);
}
