import fc from 'fast-check';
import { baseSpec } from '../specs.ts';

/** Text with more of what means something in WDL, ARM, YAML and JSON than chance would give. */
export const trickyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '@',
        '@@',
        '{',
        '}',
        '@{',
        "'",
        "''",
        '"',
        '[',
        ']',
        '\\',
        '\n',
        '<',
        '&',
        ' ',
        'a',
        '😀',
        '\u202e',
        '$',
        '#',
        '%',
        ')',
        '(',
        '.',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

/** JSON in which no group has only the key expression, template or literal: those are asked for by name in other tests. */
export const plainJson = fc
  .jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
  .filter((value) => !/"(expression|template|literal)":/.test(JSON.stringify(value)))
  // As a file has it: there is no -0 in JSON.
  .map((value) => JSON.parse(JSON.stringify(value)));

const statuses = fc.subarray(['Succeeded', 'Failed', 'Skipped', 'TimedOut'] as const, { minLength: 1 });

const request = fc.record(
  {
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
    path: fc
      .array(fc.constantFrom('_api', 'web', 'lists', '%20', "getbytitle('x')", '@v', 'ä'), { maxLength: 4 })
      .map((parts) => parts.join('/')),
    headers: fc.dictionary(fc.stringMatching(/^[A-Za-z-]{1,12}$/), trickyText, { maxKeys: 3 }),
    queries: fc.dictionary(fc.stringMatching(/^\$?[a-z]{1,8}$/), trickyText, { maxKeys: 3 }),
    body: fc.oneof(plainJson, trickyText, fc.dictionary(fc.constantFrom('@odata.type', '@@x', 'title', '@{a}'), trickyText)),
    retryPolicy: fc.record({
      type: fc.constantFrom('none', 'fixed', 'exponential', 'None', 'Fixed', 'Exponential'),
      count: fc.integer({ min: 1, max: 90 }),
      interval: fc.constantFrom('PT5S', 'PT1M30S', 'P1D'),
    }),
    timeout: fc.constantFrom('PT30S', 'PT1H', 'P1DT2H'),
    signIn: fc.constantFrom('entra', 'clientCertificate'),
    audience: fc.constantFrom(
      'https://contoso.sharepoint.com',
      'api://orders',
      '00000003-0000-0000-c000-000000000000',
      undefined,
    ),
    statuses,
  },
  { requiredKeys: ['path'] },
);

const trigger = fc.oneof(
  fc.constant({ manual: {} }),
  fc.constant({ manual: { callers: { ipRanges: ['203.0.113.0/24'] } } }),
  fc.record({
    request: fc.record(
      {
        method: fc.constantFrom('GET', 'POST'),
        schema: fc.constant({ type: 'object', properties: { '@x': { type: 'string' } } }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    recurrence: fc.oneof(
      fc.record({ frequency: fc.constantFrom('Second', 'Minute', 'Hour'), interval: fc.integer({ min: 1, max: 12_000 }) }),
      fc.record({
        frequency: fc.constant('Week'),
        interval: fc.constant(1),
        timeZone: fc.constant('W. Europe Standard Time'),
        startTime: fc.constant('2026-01-05T06:00:00'),
        schedule: fc.constant({ weekDays: ['Monday'], hours: [6] }),
      }),
    ),
  }),
);

/** Specs without mistakes, as the objects that JSON makes of their files, in one or several environments. */
export const anySpec = fc
  .record({
    description: fc.option(trickyText, { nil: undefined }),
    trigger,
    requests: fc.array(request, { minLength: 1, maxLength: 4 }),
    environments: fc.option(
      fc.constantFrom(
        { dev: {}, prod: { vault: { name: 'kv-contoso-prod' } } },
        { dev: { requests: [{ name: 'Request 0', url: 'https://contoso.sharepoint.com/dev' }] }, prod: {} },
      ),
      { nil: undefined },
    ),
  })
  .map(({ requests, ...rest }) => ({
    ...baseSpec,
    ...rest,
    requests: requests.map(({ path, statuses, audience, signIn, ...request }, index) => ({
      ...request,
      name: `Request ${index}`,
      url: `https://contoso.sharepoint.com/${path}`,
      ...(signIn && { signIn }),
      ...(signIn === 'clientCertificate' || audience === undefined ? {} : { audience }),
      // A request may also run after the first one failed, as long as the certificate was read before.
      ...(statuses && index > 0 ? { runAfter: { 'Request 0': statuses } } : {}),
    })),
  }));
