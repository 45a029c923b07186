import { refuse } from '../http/answer.ts';
import type { Call } from '../http/router.ts';

/** Objects that match `$filter`: equalities, also with one of a list (`names/any(n:n eq 'x')`), joined by `and`. Throws for filters that the emulator does not know. */
export function filtered<Item extends object>({ url }: Call, items: readonly Item[]): Item[] {
  const filter = url.searchParams.get('$filter');
  if (filter === null) return [...items];
  const wanted = filter.split(/\s+and\s+/i).map((part) => {
    const [, name, , value] = /^\s*(\w+)(?:\/any\((\w+):\2)? eq '((?:[^']|'')*)'\)?\s*$/i.exec(part) ?? [];
    if (name === undefined || value === undefined)
      refuse(
        400,
        'Request_UnsupportedQuery',
        `Unsupported or invalid query filter clause specified: the emulator knows <property> eq '<text>', not '${part}'.`,
      );
    return [name, value.replaceAll("''", "'").toLowerCase()] as const;
  });
  return items.filter((item) =>
    wanted.every(([name, value]) => [Reflect.get(item, name)].flat().some((one) => String(one).toLowerCase() === value)),
  );
}

/** The properties that `$select` names; all without it. */
export function selected({ url }: Call, item: object): Record<string, unknown> {
  const names = url.searchParams
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  return Object.fromEntries(Object.entries(item).filter(([name]) => names === undefined || names.includes(name)));
}

/** A collection as Graph answers it. */
export function collection(call: Call, kind: string, items: readonly object[]) {
  return {
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${kind}`,
    value: items.map((item) => selected(call, item)),
  };
}

export function notFound(id = ''): never {
  refuse(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
