/** What commands are for, in the order of the work. */
export type Work = 'begin' | 'make' | 'check' | 'Azure' | 'tools';

/** What `--help` says of a command. */
export interface Summary {
  readonly work: Work;
  readonly name: string;
  readonly summary: string;
}

/** Commands that go together have one line, so that all fit on one screen. */
const together: readonly { readonly names: readonly string[]; readonly summary: string }[] = [
  { names: ['test', 'simulate'], summary: 'try workflows without a cloud, case by case or once' },
  { names: ['rules', 'explain'], summary: 'list what is checked; tell what a rule or a code means' },
  { names: ['generate', 'export'], summary: 'make the files of a workflow; the one zip to import' },
  { names: ['status', 'doctor'], summary: 'say whether it can work, or what is in the way' },
  { names: ['lsp', 'mcp'], summary: 'serve an editor, or an agent, as it writes' },
  { names: ['schema', 'complete'], summary: 'print JSON Schemas for editors, completion for shells' },
];

/** What `certflow --help` says: every command by its work, within a screen of 80 columns and 24 lines. */
export function overview(commands: readonly Summary[]): string {
  const rows = commands.flatMap(({ work, name, summary }) => {
    const group = together.find(({ names }) => names.includes(name));
    if (group === undefined) return [{ work, names: name, summary }];
    return group.names[0] === name ? [{ work, names: group.names.join(', '), summary: group.summary }] : [];
  });
  const width = Math.max(...rows.map(({ names }) => names.length));
  return [
    'certflow: one file in, a checked workflow out that signs in with a certificate',
    '',
    ...rows.map(({ work, names, summary }, index) => {
      const isFirst = work !== rows[index - 1]?.work;
      return `${(isFirst ? work : '').padEnd('begin'.length)}  ${names.padEnd(width)}  ${summary}`;
    }),
    'certflow <command> --help    options and examples; also: --version, --debug',
    'Exit codes: 0 fine, 1 problems found, 2 wrong use, 3 changes (with --exit-code)',
    '',
  ].join('\n');
}
