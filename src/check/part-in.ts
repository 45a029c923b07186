import type { Part } from '../document/locate.ts';
import type { Span } from '../expression/syntax.ts';
import type { TemplateEntry } from './subject.ts';

/** What a finding marks of a string: the part between two offsets; of a key, all of it. */
export function partIn({ isKey }: Pick<TemplateEntry, 'isKey'>, { start, end }: Span): Part {
  return isKey ? 'key' : { start, end };
}
