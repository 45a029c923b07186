import { textOf } from '../json/json.ts';
import { member } from '../json/member.ts';
import { isPlaceholder } from './placeholder.ts';

/**
 * Texts that are a secret by their form, whatever stands around them. Source: docs/facts/run-history.md#secrets-written-as-text.
 */
interface SecretForm {
  readonly name: string;
  /** One of these texts is in every secret of the form: nearly all texts have none, and are passed over fast. */
  readonly marks: readonly string[];
  /** A match with the group `expression` is no secret; what is in the group `before` stands before it. */
  readonly pattern: RegExp;
}

const forms: readonly SecretForm[] = [
  {
    name: 'a token (JWT)',
    marks: ['eyJ'],
    // Names are made of others with `-` and `_`, so that words may stand right before it. What follows is looked at first, once for the
    // whole run of letters, in which `eyJ` may stand often.
    pattern: /(?<![\w-])(?=[\w-]+\.eyJ[\w-]{10,}\.[\w-]{10})(?<before>[\w-]*?)eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g,
  },
  { name: 'the signature of a shared access address (sig=)', marks: ['sig='], pattern: /(?<=[?&;]sig=)[\w%+/=-]{20,}/g },
  {
    name: 'a private key',
    marks: ['PRIVATE KEY-----'],
    // An expression in it gives the key, and then it is none. That is matched too, so that the text is gone through once.
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[^@]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$|(?<expression>(?=@)))/g,
  },
  {
    name: 'the key of a connection string',
    marks: ['AccountKey=', 'SharedAccessKey=', 'SharedSecretValue='],
    pattern: /(?<=\b(?:AccountKey|SharedAccessKey|SharedSecretValue)=)[\w+/]{20,}={0,2}/g,
  },
  {
    name: 'the password of a connection string',
    marks: ['Password=', 'Pwd=', 'password=', 'pwd='],
    pattern: /(?<=;\s?(?:Password|Pwd)=)[^;'"@{}[\]<>\s]{4,}(?=;|$)/gi,
  },
  // The start of DER says what it is: 30 82 …, then 02 01 03 for PKCS#12, 02 01 00 for a private key. A certificate alone has neither.
  {
    name: 'a certificate with its private key (PFX)',
    marks: ['IBAz'],
    pattern: /MI[I-L][\w+/]{2}[AQgw]IBAz[\w+/]{100,}={0,2}/g,
  },
  { name: 'a private key', marks: ['IBAA', 'IBAD'], pattern: /MI[I-L][\w+/]{2}[AQgw]IBA[AD][\w+/]{100,}={0,2}/g },
  {
    name: 'a key of a storage account or workspace',
    marks: ['=='],
    pattern: /(?<![\w+/=-])[A-Za-z0-9+/]{86}==(?![\w+/=])/g,
  },
];

/** No secret by form is shorter. */
const shortest = 24;

/** Asked of every string of a definition: one of these four is in every mark. */
function mayHoldMark(text: string): boolean {
  if (text.length < shortest) return false;
  return text.includes('=') || text.includes('eyJ') || text.includes('IBA') || text.includes('-----');
}

function formsIn(text: string): readonly SecretForm[] {
  if (!mayHoldMark(text)) return none;
  let found: SecretForm[] | undefined;
  for (const form of forms)
    for (const mark of form.marks)
      if (text.includes(mark)) {
        found ??= [];
        found.push(form);
        break;
      }
  return found ?? none;
}

const none: readonly SecretForm[] = [];

/** Whether a text is worth a closer look. Cheap. */
export function mayHoldSecret(text: string): boolean {
  return formsIn(text).length > 0;
}

/** What secret a text holds, by its form; undefined where it holds none. What is masked or a reference is none. */
export function secretFormIn(text: string): string | undefined {
  return formsIn(text).find(({ pattern }) => {
    for (const { 0: found, groups } of text.matchAll(pattern))
      if (groups?.expression === undefined) return !isMasked(found.slice(groups?.before?.length));
    return false;
  })?.name;
}

/** `*****`, `xxxx`, `YOUR_ACCOUNT_KEY_GOES_HERE` and the like. */
function isMasked(text: string): boolean {
  return isPlaceholder(text) || new Set(text.replaceAll(/[^\w*]/g, '').toLowerCase()).size < 5;
}

/** The text with asterisks for every secret in it that is one by its form, and for the password of an address. The length stays. */
export function hideSecretForms(text: string): string {
  const shown = text.includes('://') ? text.replace(passwordOfAddress, hide) : text;
  return formsIn(shown).reduce((sofar, { pattern }) => sofar.replace(pattern, hide), shown);
}

// Of `https://host:443@{…}` the port is no password: an expression follows it.
const passwordOfAddress = /(?<=:\/\/[^\s/?#:@"'<>{}]{0,200}:)[^\s/?#@"'<>{}]+(?=@[^{])/g;

/** What stands for a match; the last argument is the groups, where the pattern names some. */
function hide(found: string, ...rest: unknown[]): string {
  const groups = rest.at(-1);
  if (member(groups, 'expression') !== undefined) return found;
  const before = textOf(member(groups, 'before'));
  return before + found.slice(before.length).replaceAll(/[^\r\n]/g, '*');
}
