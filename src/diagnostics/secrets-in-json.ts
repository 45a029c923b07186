import { hideSecretForms } from './secret-forms.ts';
import { isPlainValue, isSecretName } from './secret-names.ts';

/** From the first up to, not including, the second offset. */
export type Span = readonly [start: number, end: number];

/** A group or list that is open. */
interface Open {
  readonly isList: boolean;
  /** It is the value of `authentication`, and hidden from here on. */
  readonly hiddenFrom: number | undefined;
  /** It stands under the name of a secret. */
  readonly isNamed: boolean;
  /** The name that the next value stands under. */
  key: string;
  /** What it calls itself, as a variable or a parameter in a list does. */
  name: string;
  /** The values that go with that name. */
  readonly values: Span[];
}

const string = '"[^"\\\\\\r\\n]*(?:\\\\[^\\r\\n][^"\\\\\\r\\n]*)*"?';
const comment = '\\/\\/[^\\r\\n]*|\\/\\*[^]*?\\*\\/';

/** Where secrets stand in a JSON text, in no order: all of `authentication`, and what is one by its name or its form. The text need not be sound. */
export function secretsInJson(text: string): Span[] {
  const token = new RegExp(`${string}|${comment}|[{}[\\],]|[^\\s"{}[\\],:]+`, 'g');
  const found: Span[] = [];
  const open: Open[] = [{ isList: true, hiddenFrom: undefined, isNamed: false, key: '', name: '', values: [] }];
  let hidden = 0;
  const close = (end: number) => {
    const { hiddenFrom, name, values } = open.pop() as Open;
    if (hiddenFrom !== undefined && --hidden === 0) found.push([hiddenFrom, end]);
    if (isSecretName(name)) found.push(...values);
  };
  for (const { 0: mark, index } of text.matchAll(token)) {
    const here = open.at(-1) as Open;
    const end = index + mark.length;
    if (mark === '}' || mark === ']') {
      if (open.length > 1) close(end);
    } else if (mark === '{' || mark === '[') {
      const isAuthentication = /^authentication$/i.test(here.key);
      if (isAuthentication) hidden++;
      const isNamed = isSecretName(here.key) || (here.isNamed && here.isList);
      const hiddenFrom = isAuthentication ? index : undefined;
      open.push({ isList: mark === '[', hiddenFrom, isNamed, key: '', name: '', values: [] });
    } else if (mark === ',') {
      if (!here.isList) here.key = '';
    } else if (mark.startsWith('//') || mark.startsWith('/*')) {
    } else if (!here.isList && isKey(text, end)) {
      here.key = decoded(mark);
    } else if (hidden === 0) {
      const value = decoded(mark);
      if (/^authentication$/i.test(here.key) || isSecretValue(here, value)) found.push([index, end]);
      else if (isValueKey(here.key) && !isPlainValue(value)) here.values.push([index, end]);
      if (/^(?:name|key)$/i.test(here.key)) here.name = value;
    }
  }
  while (open.length > 0) close(text.length);
  return [...found, ...secretsInBrokenJson(text)];
}

function isSecretValue({ key, isNamed, isList }: Open, value: string): boolean {
  if (isPlainValue(value)) return false;
  if (isSecretName(key) && !isList) return true;
  return (isNamed && (isList || isValueKey(key))) || holdsSecret(value);
}

function isValueKey(key: string): boolean {
  return /^(?:value|defaultValue|default)$/i.test(key);
}

/** Whether a text, once its escapes are read, holds a secret by its form or under its name, as JSON in a string does, or an address. */
function holdsSecret(text: string): boolean {
  if (hideSecretForms(text) !== text) return true;
  if (!/[:=]/.test(text)) return false;
  const pairs = text.matchAll(/["']([\w.-]{2,60})["']\s*:\s*["']([^"']+)["']|(?:^|[?&;])([\w.-]{2,60})=([^&;\s]+)/g);
  return [...pairs].some(([, key, value, parameter, given]) => {
    const [name, held] = [key ?? parameter ?? '', value ?? given ?? ''];
    return isSecretName(name) && !isPlainValue(held) && !/^@\{/.test(held);
  });
}

/** Where a quotation mark is missing, strings are read as what is between them: what stands by its name is found all the same. */
function secretsInBrokenJson(text: string): Span[] {
  const pair = new RegExp(`"([\\w.-]{2,60})"\\s*:\\s*(?:(${string})|[{[])`, 'g');
  const found: Span[] = [];
  let done = 0;
  for (const { 0: all, 1: name = '', 2: value, index } of text.matchAll(pair)) {
    // What stands in a group that is hidden is hidden with it.
    if (index < done) continue;
    const isAuthentication = name.toLowerCase() === 'authentication';
    const end = index + all.length;
    if (value === undefined) {
      if (!isAuthentication) continue;
      done = endOfGroup(text, end - 1);
      found.push([end - 1, done]);
    } else if ((isAuthentication || isSecretName(name)) && !isPlainValue(decoded(value))) found.push([end - value.length, end]);
  }
  return found;
}

/** Just after the group or list that starts at an offset; the end of the text where it never ends. */
function endOfGroup(text: string, start: number): number {
  const token = new RegExp(`${string}|[{}[\\]]`, 'g');
  token.lastIndex = start;
  let depth = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (/^[{[]/.test(found[0])) depth++;
    else if (/^[}\]]/.test(found[0]) && --depth === 0) return token.lastIndex;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  colon.lastIndex = end;
  return colon.test(text);
}

const colon = /\s*:/y;

/** What a token says: a string without its quotes and escapes, as far as it is one. */
function decoded(mark: string): string {
  if (!mark.startsWith('"')) return mark;
  if (!mark.includes('\\')) return mark.replaceAll('"', '');
  try {
    return String(JSON.parse(mark));
  } catch {
    return mark.slice(1).replaceAll(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
}
