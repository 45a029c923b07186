import { asText } from '../diagnostics/words.ts';
import type { SentRequest } from '../engine/mocks/request.ts';
import type { Run } from '../engine/run/result.ts';
import { difference } from './difference.ts';
import type { Failure } from './failure.ts';
import type { ExpectedRequest } from './test-file.ts';

/** Each must come after the one before it; those with `times` count all. */
export function ofRequests(run: Run, expected: readonly ExpectedRequest[]): Failure[] {
  let after = 0;
  return expected.flatMap((wanted, index): Failure[] => {
    const pointer = `/requests/${index}`;
    if (wanted.times !== undefined) {
      const count = run.requests.filter((one) => fits(wanted, one)).length;
      return count === wanted.times ? [] : [{ pointer, message: `the request is made ${count} times, not ${wanted.times}` }];
    }
    const at = run.requests.findIndex((one, place) => place >= after && fits(wanted, one));
    if (at >= 0) {
      after = at + 1;
      return [];
    }
    const isEarlier = run.requests.some((one) => fits(wanted, one));
    return [
      {
        pointer,
        message: isEarlier ? 'the request is made before the one above it' : `no such request is made; there are ${listed(run)}`,
      },
    ];
  });
}

function listed({ requests, actions }: Run): string {
  const hides = new Set(actions.filter(({ hidden }) => hidden.includes('inputs')).map(({ name }) => name));
  const words = requests.map(({ action, method, url, connector, operation }) => {
    const target = hides.has(action) ? '(hidden)' : (url ?? [connector, operation].filter(Boolean).join(' '));
    return `${[method, target].filter(Boolean).join(' ')} of "${action}"`;
  });
  return words.length === 0 ? 'none' : `${words.slice(0, 5).join(', ')}${words.length > 5 ? ', …' : ''}`;
}

const words = ['action', 'method', 'url', 'host', 'path', 'connector', 'operation'] as const;

export function fits(wanted: ExpectedRequest, request: SentRequest): boolean {
  const isSo = words.every((word) => wanted[word] === undefined || wanted[word].toLowerCase() === request[word]?.toLowerCase());
  const headers = Object.fromEntries(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return (
    isSo &&
    Object.entries(wanted.headers ?? {}).every(([name, value]) => headers[name.toLowerCase()] === value) &&
    (wanted.queries === undefined || sameQueries(wanted.queries, request)) &&
    (['parameters', 'body'] as const).every((part) => !(part in wanted) || difference(wanted[part], request[part]) === undefined)
  );
}

/** Whether they are in the address or beside it. */
function sameQueries(wanted: Readonly<Record<string, unknown>>, { queries = {}, url }: SentRequest): boolean {
  const inUrl = Object.fromEntries(URL.parse(url ?? '')?.searchParams ?? []);
  return Object.entries(wanted).every(([name, value]) => asText(value) === asText(queries[name] ?? inUrl[name]));
}
