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
} as const;

export const helperNames = Object.keys(helpers);

function oneLine(text: string): string {
  return String(text).replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
}
