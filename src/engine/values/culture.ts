import { refuse } from '../refusal.ts';

/** Words and orders of one language, from the runtime's own data. */
export interface Culture {
  readonly name: string;
  /** Of English as it is spoken in the United States: its standard formats are those of .NET's pages. */
  readonly isDefault: boolean;
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
  /** From Sunday. */
  readonly days: readonly string[];
  readonly shortDays: readonly string[];
  /** Such as `mdy`: the order in which a date of numbers is read. */
  readonly order: string;
  readonly decimal: string;
  readonly group: string;
}

const known = new Map<string, Culture>();

/** The culture of a code such as `fr-FR`, whose case does not count. Refuses a code that nobody speaks. */
export function cultureOf(code = 'en-US'): Culture {
  const word = code.toLowerCase();
  const found = known.get(word) ?? read(code);
  known.set(word, found);
  return found;
}

function read(code: string): Culture {
  let name: string | undefined;
  try {
    [name] = Intl.DateTimeFormat.supportedLocalesOf(code === '' ? 'en-US' : code);
  } catch {
    name = undefined;
  }
  if (name === undefined) refuse(`The locale '${code.slice(0, 40)}' is not valid or has no culture.`);
  const words = (options: Intl.DateTimeFormatOptions, type: string, count: number, step: (index: number) => Date) => {
    const format = new Intl.DateTimeFormat(name, { timeZone: 'UTC', ...options });
    return Array.from(
      { length: count },
      (_, index) => format.formatToParts(step(index)).find((part) => part.type === type)?.value ?? '',
    );
  };
  const inMonth = (index: number) => new Date(Date.UTC(2023, index, 2));
  // The first of January 2023 was a Sunday.
  const onDay = (index: number) => new Date(Date.UTC(2023, 0, 1 + index));
  // With a day beside it, a month has the form that it has in a date.
  const long: Intl.DateTimeFormatOptions = { month: 'long', day: 'numeric' };
  const number = new Intl.NumberFormat(name).formatToParts(-1234567.8);
  return {
    name,
    isDefault: name === 'en-US',
    months: words(long, 'month', 12, inMonth),
    shortMonths: words({ month: 'short', day: 'numeric' }, 'month', 12, inMonth),
    days: words({ weekday: 'long' }, 'weekday', 7, onDay),
    shortDays: words({ weekday: 'short' }, 'weekday', 7, onDay),
    order: new Intl.DateTimeFormat(name, { timeZone: 'UTC' })
      .formatToParts(0)
      .flatMap(({ type }) => (type === 'day' || type === 'month' || type === 'year' ? [type.charAt(0)] : []))
      .join(''),
    decimal: number.find(({ type }) => type === 'decimal')?.value ?? '.',
    group: number.find(({ type }) => type === 'group')?.value ?? ',',
  };
}
