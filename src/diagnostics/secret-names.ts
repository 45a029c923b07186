/** Whether what stands under a name is a secret by that name, such as `clientSecret`, `x-functions-key` or `Cookie`. */
export function isSecretName(name: string): boolean {
  if (name.length > longest) return false;
  const letters = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return secretEnding.test(letters) && !isPublicKey.test(letters);
}

/** A longer text is no name. */
const longest = 200;

const secretEnding =
  /(?:password|passwd|passphrase|passcode|pwd|secret|token|apikey|key|cookie|credential|signature|authorization|connectionstring|pfx)s?$/;

/** The ends of these say that they are no secret. */
const isPublicKey =
  /(?:partition|row|primary|foreign|sort|public|lookup|group|unique|object|resource|storage|registry|routing|idempotency)keys?$/;

/** Whether a value is a secret by its name, and looks like a key that a machine made, and not like words for one. */
export function isSecretByName(name: string, value: string): boolean {
  // Who has the instrumentation key of Application Insights can send telemetry, and nothing more.
  if (/instrumentation_?key$/i.test(name)) return false;
  return isSecretName(name) && /^[\w+/.~!#$%^&*?-]{12,}={0,2}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

/** What stands under such a name and is none: empty, a word of the language, or an expression without a text of its own. */
export function isPlainValue(text: string): boolean {
  return text === '' || plainWords.has(text.toLowerCase()) || isReference(text);
}

const plainWords: ReadonlySet<string> = new Set(['true', 'false', 'null', 'succeeded', 'failed', 'skipped', 'timedout']);

/** An expression that names things: what stands between its quotes is a name where a parenthesis or bracket follows a function that takes one. */
function isReference(text: string): boolean {
  if (!/^(?:@(?!@)|\[(?!\[))/.test(text)) return false;
  return !text.replaceAll(named, '').includes("'");
}

const named =
  /\b(?:body|outputs|actions|parameters|variables|items|item|result|appsetting|triggerBody|triggerOutputs|formDataValue|reference|listKeys|resourceId|environment)\(\s*'[^']*'|\[\s*'[^']*'\s*\]/gi;
