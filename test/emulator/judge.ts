import { expect } from 'vitest';
import type { Recorded } from '../../src/emulator/http/recorded.ts';
import type { openApiOfExchanges } from '../openapi.ts';

/** Holds what was asked of the emulator, and what it answered, against Microsoft's descriptions. */

/** The api-version of the descriptions at hand, by provider: ../shared/reference/openapi/README.md. */
const described: readonly (readonly [path: RegExp, version: string])[] = [
  [/\/providers\/Microsoft\.Authorization\//i, '2022-04-01'],
  [/\/providers\/Microsoft\.KeyVault\//i, '2023-07-01'],
  [/\/providers\/Microsoft\.Logic\//i, '2019-05-01'],
  [/\/providers\/Microsoft\.Web\//i, '2016-06-01'],
  [/^\/subscriptions/i, '2024-07-01'],
];

/** Addresses that are only ever found in an answer: no description has them. */
export const polled = /\/(operationStatuses|whatIfResults|operationresults)\//i;

/** Something that is right, and that the description does not have. */
export interface Deviation {
  readonly line: RegExp;
  readonly why: string;
}

/** The address in Azure that a request to Resource Manager stands for, with the version that is described. */
export function armAddress(url: URL): string {
  const version = described.find(([path]) => path.test(url.pathname))?.[1];
  url.searchParams.set('api-version', version ?? '');
  return `https://management.azure.com${url.pathname}${url.search}`;
}

/** The same of a request to a vault. */
export function vaultAddress(url: URL, method: string): string {
  url.searchParams.set('api-version', '7.5');
  const [, , vault, ...path] = url.pathname.split('/');
  const written = path.join('/').replace(/\/$/, '');
  // The newest version is asked for with no version at all, which the description has no path for.
  const full = /^(secrets|certificates)\/[^/]+$/.test(written) && method === 'GET' ? `${written}/newest` : written;
  return `https://${vault}.vault.azure.net/${full}${url.search}`;
}

/** Every finding is a listed deviation, and every listed deviation is found. */
export async function judge(
  recorded: readonly Recorded[],
  validate: Awaited<ReturnType<typeof openApiOfExchanges>>,
  addressOf: (url: URL, method: string) => string,
  deviations: readonly Deviation[],
) {
  const found = new Set<string>();
  for (const { method, url, headers, body, answer } of recorded) {
    const request = {
      method,
      url: addressOf(new URL(url), method),
      headers: { 'content-type': 'application/json', ...headers },
      body: parsed(body),
    };
    const response = { statusCode: String(answer?.status), headers: answer?.headers ?? {}, body: parsed(answer?.body ?? '') };
    for (const line of await validate(request, response)) found.add(line);
  }
  const lines = [...found];
  expect(lines.filter((line) => !deviations.some((deviation) => deviation.line.test(line)))).toEqual([]);
  expect(deviations.filter(({ line }) => !lines.some((one) => line.test(one)))).toEqual([]);
}

function parsed(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}
