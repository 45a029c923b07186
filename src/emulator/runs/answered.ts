import type { MockAnswer } from '../../engine/mocks/mock.ts';
import { Refusal } from '../../engine/refusal.ts';
import type { Asked } from '../../engine/run/steps.ts';
import { toPlain } from '../../engine/values/json.ts';
import type { ArmResource } from '../state.ts';
import type { World } from '../world.ts';
import { ActionError } from './action-error.ts';
import { getSecret } from './get-secret.ts';
import { http } from './http.ts';

/** What the services of the emulator answer to an action. Both adapters try again by themselves: their failures are final. */
export async function answered(world: World, workflow: ArmResource, { request, typeWord, inputs }: Asked): Promise<MockAnswer> {
  const adapter = adapters.get(typeWord);
  try {
    if (adapter) return { outputs: await adapter(world, workflow, toPlain(inputs())) };
  } catch (error) {
    if (!(error instanceof ActionError || error instanceof Refusal)) throw error;
    const { code, message } = error;
    const outputs = error instanceof ActionError ? error.outputs : undefined;
    return { error: { code, message }, ...(outputs !== undefined && { outputs }) };
  }
  const message = `The emulator does not run actions of the type '${request.type}'. Azure does.`;
  return { error: { code: 'ActionNotSupportedByEmulator', message } };
}

const adapters = new Map([
  ['apiconnection', getSecret],
  ['http', http],
]);
