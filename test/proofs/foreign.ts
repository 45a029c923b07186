import type { ArmResource } from '../../src/emulator/state.ts';
import { type Break, workflowId } from './breaks.ts';
import type { World } from './world.ts';

/** Breaks of a Logic App that certflow knows nothing of, but its resource id. */

const connection = workflowId.replace(/microsoft\.logic\/workflows\/[^/]+$/, 'microsoft.web/connections/keyvault-kv-contoso-dev');

const proofsOf = async (world: World, run?: string) => (await world.doctorOfLogicApp(run)).flatMap(({ proofs }) => proofs);

function failedRun({ state }: World) {
  const time = new Date().toISOString();
  const record = {
    startTime: time,
    endTime: time,
    trackingId: 'x',
    isInputSecured: true,
    isOutputSecured: true,
    isSecretHandedOn: false,
  };
  const error = {
    code: 'Unauthorized',
    message: "Http request failed as there is an error getting AD OAuth token: 'AADSTS700027: The key was not found.'",
  };
  state.runs.set(`${workflowId}/runs/r1`, {
    name: 'r1',
    workflowId,
    status: 'Failed',
    startTime: time,
    endTime: time,
    correlationId: 'c',
    trigger: { ...record, name: 'manual', status: 'Succeeded', code: 'OK' },
    actions: [{ ...record, name: 'Get_lists', status: 'Failed', code: 'Unauthorized', error }],
    triggerOutputs: {},
  });
}

export const foreignBreaks: readonly Break[] = [
  {
    what: 'a run that failed at the sign-in',
    link: 'run',
    about: 'r1',
    found: /^Get_lists failed: .*AADSTS700027/,
    command: /^certflow explain AADSTS700027$/,
    break: failedRun,
    prove: (world) => proofsOf(world, 'r1'),
  },
  {
    what: 'a run that is not there',
    link: 'run',
    about: 'r2',
    found: /there is no run of this id/,
    command: /^az rest --method get --url/,
    prove: (world) => proofsOf(world, 'r2'),
  },
  {
    what: 'a Logic App of others that is not there',
    link: 'Logic App',
    found: /hr-lists is not in rg-flows-dev/,
    command: /^az resource list/,
    break: ({ state }) => {
      state.resources.delete(workflowId);
    },
    prove: (world) => proofsOf(world),
  },
  {
    what: 'a disabled Logic App of others',
    link: 'state',
    found: /hr-lists is disabled/,
    command: /^az resource invoke-action --action enable/,
    break: ({ state }) => {
      const found = state.resources.get(workflowId) as ArmResource;
      state.resources.set(workflowId, { ...found, properties: { ...found.properties, state: 'Disabled' } });
    },
    prove: (world) => proofsOf(world),
  },
];

/** What all sign-ins of the Logic App share, each of them tells. */
export function dropConnection({ state }: World) {
  state.resources.delete(connection);
}
