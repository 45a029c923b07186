import { type Answer, ok, refuse } from '../http/answer.ts';
import type { Call } from '../http/router.ts';

/** What Graph asks and answers in OData's manner. */

/** A single object with its `@odata.context`; with `$select`, only what is asked for. */
export function entity(call: Call, set: string, value: object, status = 200): Answer {
  const selected = selectedOf(call);
  const parts = selected === undefined ? value : pick(value, selected);
  const context = `${call.url.origin}/v1.0/$metadata#${set}${selected === undefined ? '' : `(${selected.join(',')})`}/$entity`;
  return { status, body: { '@odata.context': context, ...parts } };
}

/** A list; with `$select`, only what is asked for of each. */
export function collection(call: Call, set: string, values: readonly object[]): Answer {
  const selected = selectedOf(call);
  const parts = selected === undefined ? values : values.map((value) => pick(value, selected));
  const context = `${call.url.origin}/v1.0/$metadata#${set}${selected === undefined ? '' : `(${selected.join(',')})`}`;
  return ok({ '@odata.context': context, value: parts });
}

export function selectedOf({ url }: Call): string[] | undefined {
  return url.searchParams.get('$select')?.split(',');
}

/** The one comparison of a `$filter`: `displayName eq 'x'`, or `list/any(n:n eq 'x')`. Undefined where there is no filter. */
export function filterOf({ url }: Call): { readonly name: string; readonly value: string } | undefined {
  const filter = url.searchParams.get('$filter');
  if (filter === null) return undefined;
  const found = /^(\w+)(?:\/any\(\w+:\w+)? eq '((?:[^']|'')*)'\)?$/.exec(filter);
  if (!found) refuse(400, 'Request_UnsupportedQuery', `Unsupported or invalid query filter clause specified: ${filter}.`);
  const [, name = '', value = ''] = found;
  return { name, value: value.replaceAll("''", "'") };
}

/** Throws Graph's 403 unless the caller has one of these application permissions. */
export function needs({ caller }: Call, ...roles: readonly string[]) {
  if (!roles.some((role) => caller.roles.includes(role)))
    refuse(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

export function notFound(id: string): never {
  refuse(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

function pick(value: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}
