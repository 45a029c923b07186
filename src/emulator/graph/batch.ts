import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { type Answer, ok, refuse, ServiceError } from '../http/answer.ts';
import { type Call, Router, type Routes } from '../http/router.ts';

/** Most requests that Graph takes at once. */
const most = 20;

/**
 * Several requests in one: each waits for those that it names in `dependsOn`, and is not carried out where one of them failed.
 * Source: Microsoft's "Combine multiple HTTP requests using JSON batching".
 */
export function batchRoutes(routes: Routes): Routes {
  const router = new Router(routes);
  return {
    'POST /v1.0/$batch': async (call) => {
      const { requests } = call.json();
      if (!Array.isArray(requests) || requests.length === 0 || requests.length > most)
        refuse(400, 'BadRequest', `Number of batch request steps must be between 1 and ${most}.`);
      const responses: { id: string; status: number; body?: unknown }[] = [];
      for (const request of requests) {
        const id = String(member(request, 'id'));
        const awaited = member(request, 'dependsOn');
        const isBlocked = (Array.isArray(awaited) ? awaited : []).some(
          (one) => (responses.find((response) => response.id === one)?.status ?? 424) >= 400,
        );
        const answer = isBlocked ? failedDependency : await carryOut(router, call, request);
        responses.push({ id, status: answer.status, ...(answer.body === undefined ? {} : { body: answer.body }) });
      }
      return ok({ responses });
    },
  };
}

const failedDependency = new ServiceError(424, {
  code: 'FailedDependency',
  message: 'A request that this one depends on failed.',
}).toAnswer();

async function carryOut(router: Router, call: Call, request: unknown): Promise<Answer> {
  try {
    const { method, url: path, body } = isObject(request) ? request : {};
    if (typeof method !== 'string' || typeof path !== 'string') refuse(400, 'BadRequest', 'A batch request step lacks its URL.');
    const url = new URL(`/v1.0/${path.replace(/^\//, '')}`, call.url);
    const { handler, params } = router.find(method.toUpperCase(), url.pathname);
    const json = () => (isObject(body) ? body : refuse(400, 'BadRequest', 'The body of a batch request step is no object.'));
    return await handler({ ...call, method, url, params, text: JSON.stringify(body ?? ''), json });
  } catch (error) {
    if (error instanceof ServiceError) return error.toAnswer();
    throw error;
  }
}
