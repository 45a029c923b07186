import type { SentRequest } from '../mocks/request.ts';
import type { OperationRun, Run } from './result.ts';

/** A run as its history shows it: without what is hidden there, so that it may be printed. */
export function historyOf(run: Run): unknown {
  const { mockCounts, mockOverlaps, trigger, actions, requests, response, others, ...rest } = run;
  const hides = new Set(actions.filter(({ hidden }) => hidden.includes('inputs')).map(({ name }) => name));
  const isResponseHidden = actions.some(({ type, hidden }) => type.toLowerCase() === 'response' && hidden.includes('outputs'));
  return {
    ...rest,
    trigger: shownOperation(trigger),
    actions: actions.map(shownOperation),
    requests: requests.map((request) => (hides.has(request.action) ? withoutContents(request) : request)),
    ...(response && { response: isResponseHidden ? { status: response.status } : response }),
    others: others.map(historyOf),
  };
}

function shownOperation({ inputs: _, outputs: __, history, ...rest }: OperationRun): unknown {
  return { ...rest, ...history };
}

/** An address may hold a secret as well as a body does. */
function withoutContents({ action, type, method, host, connector, operation, attempt, at }: SentRequest): Partial<SentRequest> {
  return {
    action,
    type,
    ...(method !== undefined && { method }),
    ...(host !== undefined && { host }),
    ...(connector !== undefined && { connector }),
    ...(operation !== undefined && { operation }),
    attempt,
    at,
  };
}
