import type { ServiceName } from '../http/recorded.ts';
import type { Incoming, Outcome } from '../http/service.ts';
import type { World } from '../world.ts';

/** As an action tries again by default. Source: Microsoft's "Handle errors and exceptions in Azure Logic Apps", default retry policy. */
const retries = 4;

/** Sends a request, and again where the service did not answer, is busy or has failed. The pauses are shorter than in Azure. */
export async function sendPatiently(world: World, service: ServiceName, request: Incoming): Promise<Outcome> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await world.send(service, request);
    const isPassing = typeof outcome !== 'object' || outcome.status === 408 || outcome.status === 429 || outcome.status >= 500;
    if (!isPassing || attempt === retries) return outcome;
    await world.pause(world.pace.step);
  }
}

/** The body of an answer; undefined where it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
