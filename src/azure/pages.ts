import type { ServiceAddress } from '../cloud/profile.ts';
import { attempt, lastAsked } from './attempt.ts';
import type { Azure } from './azure.ts';
import { BrokenOff } from './broken-off.ts';
import { needing } from './needing.ts';
import { type Call, send } from './rest.ts';

/** No list that is read here has nearly as many; an answer that always names a next page would be read for ever. */
export const mostPages = 1000;

const cure =
  'Look whether something between this machine and Azure changes answers, such as a proxy; then run the same command again.';

/** The pages of one list that were read. */
export class Pages {
  readonly #read = new Set<string>();

  /** Takes the address of a page. Throws a BrokenOff where it was read before, and where there is no end to be seen. */
  take(address: string) {
    if (this.#read.has(address))
      throw new BrokenOff('was given up: a page of the list names as the next one a page that was read already.', cure);
    if (this.#read.size >= mostPages) throw new BrokenOff(`was given up: the list did not end within ${mostPages} pages.`, cure);
    this.#read.add(address);
  }
}

/** What a client of an SDK gives for a list. */
interface Paged<Item> {
  byPage(): AsyncIterable<readonly Item[]>;
}

/** The items of a list of an SDK, to its end, within an attempt. Throws a BrokenOff for a list that has none, and for a page that is no list. */
export async function* itemsOf<Item>(list: Paged<Item>): AsyncGenerator<Item> {
  const pages = new Pages();
  for await (const page of list.byPage()) {
    pages.take(lastAsked());
    yield* itemsIn<Item>(page);
  }
}

/**
 * What `read` makes of each item of a list that is asked for without an SDK; `next` is the member of an answer that has the address of the
 * next page. Throws an AzureError.
 */
export async function listPages<Item, Result>(
  azure: Azure,
  service: ServiceAddress,
  call: Call,
  next: string,
  read: (item: Item) => Result,
): Promise<Result[]> {
  const { tried, right } = call;
  const items: Result[] = [];
  const pages = new Pages();
  return needing(right, () =>
    attempt(azure, tried, async () => {
      for (let path: string | undefined = call.path; path !== undefined; ) {
        pages.take(path);
        const { body } = await send(azure, service, { ...call, path });
        for (const item of itemsIn<Item>(body.value)) items.push(read(item));
        const following = body[next];
        path = typeof following === 'string' && following !== '' ? following : undefined;
      }
      return items;
    }),
  );
}

/** The items of a page. Throws a BrokenOff where the answer has something else in their place. */
export function itemsIn<Item>(page: unknown): readonly Item[] {
  if (page === undefined || page === null) return [];
  if (Array.isArray(page)) return page as readonly Item[];
  throw new BrokenOff('was answered with something that is no list.', cure);
}
