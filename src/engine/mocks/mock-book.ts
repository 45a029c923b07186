import type { Mock, MockAnswer } from './mock.ts';
import type { WantedRequest } from './request.ts';

/** The mocks of a run, and how often each has answered. */
export class MockBook {
  readonly #mocks: readonly Mock[];
  readonly #counts: number[];
  readonly #overlaps = new Map<string, readonly [number, number]>();

  constructor(mocks: readonly Mock[]) {
    this.#mocks = mocks;
    this.#counts = mocks.map(() => 0);
  }

  /** The answer to a request; undefined where no mock fits. */
  answer(request: WantedRequest): MockAnswer | undefined {
    const [index, other] = this.#mocks.flatMap((mock, at) => (fits(mock, request) ? [at] : []));
    if (index === undefined) return undefined;
    const mock = this.#mocks[index];
    // A mock of one action stands before those of many on purpose.
    if (other !== undefined && isAsNarrow(mock, this.#mocks[other])) this.#overlaps.set(`${index} ${other}`, [index, other]);
    const count = this.#counts[index] ?? 0;
    this.#counts[index] = count + 1;
    const answers = mock?.answers ?? [mock?.answer ?? {}];
    return answers[Math.min(count, answers.length - 1)] ?? {};
  }

  /** How often each mock has answered, in their order. */
  get counts(): readonly number[] {
    return this.#counts;
  }

  /** Pairs of mocks that fit the same request and of which none is narrower, by their places from 0: only the first has answered. */
  get overlaps(): readonly (readonly [number, number])[] {
    return [...this.#overlaps.values()];
  }
}

const members = ['action', 'host', 'method', 'path', 'connector', 'operation'] as const;

function isAsNarrow(one: Mock | undefined, other: Mock | undefined): boolean {
  const count = (mock: Mock | undefined) => members.filter((member) => mock?.[member] !== undefined).length;
  return (one?.action === undefined) === (other?.action === undefined) && count(one) <= count(other);
}

function fits(mock: Mock, request: WantedRequest): boolean {
  if (members.every((member) => mock[member] === undefined)) return false;
  return members.every((member) => {
    const wanted = mock[member];
    const found = request[member];
    if (wanted === undefined) return true;
    if (found === undefined) return false;
    return member === 'path' ? fitsPath(wanted, found) : wanted.toLowerCase() === found.toLowerCase();
  });
}

/** `*` stands for anything but a slash, `**` for anything. */
function fitsPath(pattern: string, path: string): boolean {
  // Parts between stars are looked for one after another: a pattern of many stars takes no longer than its text.
  const parts = pattern.toLowerCase().split(/(\*+)/);
  const text = path.toLowerCase();
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    if (part.startsWith('*')) {
      const first = Math.min(...reached);
      if (part.length > 1) for (let at = first; at <= text.length; at++) next.add(at);
      else
        for (let at = first, isOpen = false; at <= text.length; at++) {
          if (reached.has(at)) isOpen = true;
          if (isOpen) next.add(at);
          if (text[at] === '/') isOpen = false;
        }
    } else for (const at of reached) if (text.startsWith(part, at)) next.add(at + part.length);
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(text.length);
}
