import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, type TestContext } from 'vitest';
import { helpers } from '../../src/text/helpers.ts';
import { folder } from '../certificate/tools.ts';
import { dotnetEnvironment, runsSingleFiles } from '../dotnet.ts';
import { needs, output, skip } from '../snippet/run.ts';
import { trickyText } from '../workflow/arbitrary-spec.ts';

/** What means something in one of the languages, and what only chance would find. */
const texts = [
  '',
  '"',
  "'",
  '\\',
  '\\u0041',
  '\\\\u0041',
  '$x ${x} $(x) {$x}',
  '#{x}',
  '\r\n\t\0',
  '\u0085\u2028\u2029',
  '\u0019' + '9',
  '‘’‚‛“”„',
  '`n',
  '\u{e0041}',
  '?>',
  '*/',
  '%s %d',
  ...fc.sample(trickyText, { numRuns: 200, seed: 9 }),
];

/** All of it in one comment, with what would end one. */
const comment = helpers.comment(
  `${texts.join(' ')} \\u000a broken \\\\u000a ?> broken \u0085 broken \u000b broken \u000c broken`,
);

type Literal = 'csharp' | 'typescript' | 'java' | 'python' | 'php' | 'powershell';

/** A program that prints each text in base64 of its UTF-8, a line each; how it is called, and what it needs. */
const programs: Readonly<
  Record<Literal, (literals: readonly string[]) => { file: string; text: string; run: readonly string[] }>
> = {
  csharp: (literals) => ({
    file: 'print.cs',
    text: `#:property PublishAot=false
// ${comment}
string[] all = [${literals.join(',\n')}];
foreach (var text in all) Console.WriteLine(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)));
`,
    run: ['dotnet', 'run', 'print.cs'],
  }),
  typescript: (literals) => ({
    file: 'print.ts',
    text: `// ${comment}\nconst all: string[] = [${literals.join(',\n')}];\nfor (const text of all) console.log(Buffer.from(text).toString('base64'));\n`,
    run: [process.execPath, 'print.ts'],
  }),
  java: (literals) => ({
    file: 'Print.java',
    text: `// ${comment}
public class Print { public static void main(String[] a) {
  String[] all = { ${literals.join(',\n')} };
  for (String text : all) System.out.println(java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
} }
`,
    run: ['java', '-Dfile.encoding=UTF-8', 'Print.java'],
  }),
  python: (literals) => ({
    file: 'print.py',
    text: `# ${comment}\nimport base64\nfor text in [${literals.join(',\n')}]:\n    print(base64.b64encode(text.encode()).decode())\n`,
    run: ['python3', 'print.py'],
  }),
  php: (literals) => ({
    file: 'print.php',
    text: `<?php\n// ${comment}\nforeach ([${literals.join(',\n')}] as $text) {\n    echo base64_encode($text), "\\n";\n}\n`,
    run: ['php', 'print.php'],
  }),
  powershell: (literals) => ({
    file: 'print.ps1',
    text: `# ${comment}\n$all = @(\n${literals.join('\n')}\n)\nforeach ($text in $all) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($text)) }\n`,
    run: ['pwsh', '-NoProfile', '-File', 'print.ps1'],
  }),
};

/** Languages whose programs are built first, which takes seconds: test/full/compiled.test.ts has them. */
export const compiled = ['csharp', 'java'] as const;
export const isCompiled = (language: string) => compiled.some((one) => one === language);

/** The others. */
export const languages = (Object.keys(programs) as Literal[]).filter((language) => !isCompiled(language));

/** Runs a program of texts as they are written in a language; what it prints are the texts. */
export async function expectReadAsWritten(context: TestContext, language: Literal) {
  const { file, text, run } = programs[language](texts.map((value) => helpers[language](value)));
  const [program = '', ...args] = run;
  if (program === 'dotnet' && !runsSingleFiles()) skip(context, 'there is no dotnet 10 on this machine');
  needs(context, program, ['--version']);
  const place = await folder();
  writeFileSync(join(place, file), text);
  const printed = await output(program, args, place, dotnetEnvironment(place));
  const read = printed.replaceAll('\r', '').split('\n').slice(0, texts.length);
  expect(read.map((line) => Buffer.from(line, 'base64').toString())).toEqual(texts);
}
