/** Texts that are a secret by their form, whatever stands around them. Sources: facts/field.md A.2 (SEC501), facts/power-automate.md 5. */
interface SecretForm {
  readonly name: string;
  readonly pattern: RegExp;
}

// Each pattern starts at a fixed text or at the edge of a run, so that a long text takes no longer than its length.
const forms: readonly SecretForm[] = [
  { name: 'a token (JWT)', pattern: /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g },
  { name: 'the signature of a shared access address (sig=)', pattern: /(?<=[?&;]sig=)[\w%+/=-]{20,}/g },
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[^@]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/g },
  {
    name: 'the key of a connection string',
    pattern: /(?<=\b(?:AccountKey|SharedAccessKey|SharedSecretValue)=)[\w+/]{20,}={0,2}/gi,
  },
  { name: 'the password of a connection string', pattern: /(?<=;\s*(?:Password|Pwd)\s*=\s*)[^;'"@{}[\]<>\s]{4,}(?=;|$)/gi },
  // The start of DER says what it is: 30 82 …, then 02 01 03 for PKCS#12, 02 01 00 for a private key. A certificate alone has none.
  { name: 'a certificate with its private key (PFX)', pattern: /(?<![\w+/])MI[I-L][\w+/]{2}[AQgw]IBAz[\w+/]{100,}={0,2}/g },
  { name: 'a private key', pattern: /(?<![\w+/])MI[I-L][\w+/]{2}[AQgw]IBA[AD][\w+/]{100,}={0,2}/g },
  { name: 'a key of a storage account or workspace', pattern: /(?<![\w+/=-])[A-Za-z0-9+/]{86}==(?![\w+/=])/g },
];

/** No secret by form is shorter. */
const shortest = 12;

/** What secret a text holds, by its form; undefined where it holds none. What is masked or a reference is none. */
export function secretFormIn(text: string): string | undefined {
  if (text.length < shortest) return undefined;
  return forms.find(({ pattern }) => {
    pattern.lastIndex = 0;
    const [found] = pattern.exec(text) ?? [];
    return found !== undefined && !isMasked(found);
  })?.name;
}

/** `*****`, `xxxx` and the like. */
function isMasked(text: string): boolean {
  return new Set(text.replaceAll(/[^\w*]/g, '').toLowerCase()).size < 5;
}

/** The text with asterisks for every secret in it that is one by its form. The length stays. */
export function hideSecretForms(text: string): string {
  if (text.length < shortest) return text;
  return forms.reduce((shown, { pattern }) => shown.replace(pattern, (found) => found.replaceAll(/[^\r\n]/g, '*')), text);
}
