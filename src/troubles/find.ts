import type { Trouble } from './trouble.ts';
import { troubles } from './troubles.ts';

const isMessage = ({ code }: Trouble) => code.includes(' ');

const byCode = new Map<string, Trouble[]>();
for (const trouble of troubles.filter((each) => !isMessage(each))) {
  const code = trouble.code.toLowerCase();
  byCode.set(code, [...(byCode.get(code) ?? []), trouble]);
}

/** What is searched for in messages, in small letters. */
const phrases = troubles.flatMap((trouble) =>
  [...(isMessage(trouble) ? [trouble.code] : []), ...(trouble.words ?? [])].map((words) => ({
    words: words.toLowerCase(),
    trouble,
  })),
);

/** Of the rows of each service one: that whose cause the message tells, else the general one; without a message, any. */
function fitting(rows: readonly Trouble[], message: string): readonly Trouble[] {
  return [...new Set(rows.map(({ service }) => service))].flatMap((service) => {
    const all = rows.filter((row) => row.service === service);
    const general = all.filter(({ when }) => when === undefined);
    return [...all.filter(({ when }) => when?.test(message)), ...general, ...(message === '' ? all : [])].slice(0, 1);
  });
}

/**
 * What a code means, a row for each service that answers with it, whatever its case; those in this case first. A bare number that is no
 * code itself is that of an AADSTS code, or of one in hexadecimal. None where the table does not have it: a code is copied, so that no other is near it.
 */
export function troublesOfCode(code: string, message = ''): readonly Trouble[] {
  const isKnown = byCode.has(code.toLowerCase());
  const asked = isKnown ? code : /^8[\da-f]{7}$/i.test(code) ? `0x${code}` : /^\d{4,}$/.test(code) ? `AADSTS${code}` : code;
  const rows = fitting(byCode.get(asked.toLowerCase()) ?? [], message);
  return rows.toSorted((a, b) => Number(b.code === asked) - Number(a.code === asked));
}

/** What a code in an answer means; the message with it tells several causes apart. Of services that share it, the one that writes it in this case. */
export function troubleOfCode(code: string, message = ''): Trouble | undefined {
  const rows = troublesOfCode(code, message);
  const cases = new Set(rows.map((row) => row.code));
  return cases.size > 1 ? rows.find((row) => row.code === code) : rows[0];
}

/** What a message that a service answered with means: all codes and words of the table in it, those first that say most. */
export function troublesIn(message: string): readonly Trouble[] {
  const entra = [...new Set(message.match(/\bAADSTS\d+\b/gi)?.map((code) => code.toUpperCase()))];
  // Whoever has a code of Entra has its reason, and what stands around it says less.
  if (entra.length > 0) return innermost(entra.flatMap((code) => troublesOfCode(code, message)));
  // As it stands in a text in JSON.
  const small = message.replaceAll('\\"', '"').toLowerCase();
  const worded = phrases.filter(({ words }) => small.includes(words)).map(({ trouble }) => trouble);
  const tokens = new Set(message.match(/-?[\w.]*\w/g)?.filter(isCode));
  const named = [...tokens].flatMap((token) => troubleOfCode(token, message) ?? []);
  const spoken = fitting(worded, message);
  // Where the words say whose it is, the code is not that of another service.
  const telling = new Set(spoken.flatMap(({ isOuter, service }) => (isOuter ? [] : [service])));
  const meant = telling.size === 0 ? named : named.filter(({ service }) => telling.has(service));
  return innermost([...new Set([...spoken, ...meant])]);
}

function innermost(found: readonly Trouble[]): readonly Trouble[] {
  const inner = found.filter(({ isOuter }) => !isOuter);
  return inner.length > 0 ? inner : found;
}

/** The first of those: what says most about the message. */
export function troubleIn(message: string): Trouble | undefined {
  return troublesIn(message)[0];
}

/** A word of a sentence, such as `conflict`, is no code: a code has a digit, a low line or a capital letter. */
function isCode(token: string): boolean {
  return /[\d_A-Z]/.test(token);
}
