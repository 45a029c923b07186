import { UsageError } from '../diagnostics/errors.ts';
import { Name } from './x509.ts';

/**
 * A subject such as `CN=HR lists reader, O=Contoso` (RFC 4514); a name alone, such as `HR lists reader`, is its CN. Throws a UsageError where a part is no `TYPE=value`, or would be lost.
 */
export function parseName(text: string): Name {
  // What has none of the signs of a subject is a common name.
  if (text.trim() !== '' && !/[=,+;<>"\\#\p{Cc}]/u.test(text)) return parseName(`CN=${text.trim()}`);
  const name = read(text);
  const types = name?.toJSON().flatMap(Object.entries) ?? [];
  const isEmpty = types.length === 0 || types.some(([, values]) => values.some((value: string) => value.trim() === ''));
  // The library passes over what it does not understand; then less comes back than went in.
  if (name === undefined || isEmpty || significant(name.toString()) !== significant(text))
    throw new UsageError(
      `"${text}" is no subject. It reads like CN=HR lists reader, or CN=HR lists reader, O=Contoso, C=DE; a comma within a value is written "\\,".`,
    );
  return name;
}

function read(text: string): Name | undefined {
  try {
    return new Name(text);
  } catch {
    return undefined;
  }
}

function significant(text: string): string {
  return text.replaceAll(/[\s"\\]/g, '').toLowerCase();
}
