/**
 * The named helpers of the templates in templates/: each writes one value in one language, so that nothing that the user
 * wrote can end a string, a cell or a comment early. A bare `{{x}}` is refused by a test.
 */
export const helpers = {
  /** Text inside a Markdown paragraph or table cell. */
  markdown: (text: string) => oneLine(text).replaceAll(/[\\`*_{}[\]<>#|~$&]/g, '\\$&'),
  /** A Markdown code span: the fence is longer than any run of backticks within. */
  code: (text: string) => {
    const line = oneLine(text);
    const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return longest > 0 || /^ | $/.test(line) ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
  },
  /** A YAML scalar on one line: JSON's strings are YAML's. Plain where nothing needs quotes, in YAML 1.1 either. */
  yaml: (value: string | number | boolean) => {
    const isPlain =
      typeof value !== 'string' ||
      (/^[A-Za-z][\w.-]*(?: [\w.-]+)*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value));
    return isPlain ? String(value) : JSON.stringify(value);
  },
  /** Text in an expression of GitHub Actions or Azure Pipelines. */
  quoted: (text: string) => `'${text.replaceAll("'", "''")}'`,
  /** A C# string literal. */
  csharp: (text: string) => `"${escaped(text, /["\\]/g)}"`,
  /** A TypeScript or JavaScript string literal. */
  typescript: (text: string) => `"${escaped(text, /["\\]/g)}"`,
  /** A Java string literal. Java reads `\u` before anything else, so that it would end the line all the same; octal does not. */
  java: (text: string) =>
    `"${escaped(text, /["\\]/g, (code) => (code < 0x100 ? `\\${code.toString(8).padStart(3, '0')}` : inUtf16(code)))}"`,
  /** A Python string literal. */
  python: (text: string) =>
    `"${escaped(text, /["\\]/g, (code) => (code < 0x10000 ? unicodeEscape(code) : `\\U${code.toString(16).padStart(8, '0')}`))}"`,
  /** A PHP string literal. In double quotes `$` begins a variable. */
  php: (text: string) => `"${escaped(text, /["\\$]/g, (code) => `\\u{${code.toString(16)}}`)}"`,
  /** A PowerShell string literal. All typographic single quotes end one there. Line ends stand as they are. */
  powershell: (text: string) => `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`,
  /** A part of a form or query. */
  percent: (text: string) => encodeURIComponent(text).replaceAll("'", '%27'),
  /** A name that the code gave: only letters, digits and `_` may stand there unquoted. */
  identifier: (name: string) => {
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new Error(`"${name}" cannot stand as a name`);
    return name;
  },
  /**
   * What may stand in a comment to the end of its line. Languages end lines in more ways than texts do; PHP ends a comment at `?>`,
   * and Java reads `\\u` in comments as well.
   */
  comment: (text: string) =>
    oneLine(text)
      .replaceAll(/\p{Cc}/gu, ' ')
      .replaceAll('?>', '? >')
      .replaceAll(/\\(?=u)/g, '\\ '),
  /** A command line that the code made. */
  plain: (text: string) => text,
} as const;

export const helperNames = Object.keys(helpers);

/** What ends a line or cannot be seen by its number, and a backslash before what means something. */
function escaped(text: string, special: RegExp, byNumber: (code: number) => string = inUtf16): string {
  return text
    .replaceAll(special, '\\$&')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => byNumber(character.codePointAt(0) as number));
}

function inUtf16(code: number): string {
  const character = String.fromCodePoint(code);
  return character
    .split('')
    .map((unit) => unicodeEscape(unit.charCodeAt(0)))
    .join('');
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function oneLine(text: string): string {
  return String(text).replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
}
