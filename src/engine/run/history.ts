import { asText } from '../../diagnostics/words.ts';
import { member } from '../../json/member.ts';
import type { SentRequest } from '../mocks/request.ts';
import type { OperationRun, Run } from './result.ts';

/** A run as its history shows it: without what is hidden there, so that it may be printed. */
export function historyOf(run: Run): unknown {
  const { mockCounts, mockOverlaps, trigger, actions, requests, response, variables, others, ...rest } = run;
  const hides = new Set(actions.filter(({ hidden }) => hidden.includes('inputs')).map(({ name }) => name));
  const hiddenNames = hiddenVariables(run);
  const isResponseHidden = actions.some(({ type, hidden }) => type.toLowerCase() === 'response' && hidden.includes('outputs'));
  return {
    ...rest,
    trigger: shownOperation(trigger),
    actions: actions.map(shownOperation),
    requests: requests.map((request) => (hides.has(request.action) ? withoutContents(request) : request)),
    variables: Object.fromEntries(Object.entries(variables).filter(([name]) => !hiddenNames.has(name.toLowerCase()))),
    ...(response && { response: isResponseHidden ? { status: response.status } : response }),
    others: others.map(historyOf),
  };
}

/** Names, in lower case, of the variables that were given something that history hides. */
export function hiddenVariables({ actions }: Run): ReadonlySet<string> {
  const givers = actions.filter(({ type, hidden }) => /variable$/i.test(type) && hidden.includes('inputs'));
  const names = givers.flatMap(({ inputs }) => {
    const declared = member(inputs, 'variables');
    return [inputs, ...(Array.isArray(declared) ? declared : [])].map((one) => asText(member(one, 'name')).toLowerCase());
  });
  return new Set(names);
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
