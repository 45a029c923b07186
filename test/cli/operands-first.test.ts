import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderOf } from '../folder.ts';
import { commandsOf, parsed } from './command-line.ts';
import { certflow } from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const lists = commandsOf().flatMap(({ path, command }) =>
  command.options
    .filter(({ variadic }) => variadic && command.registeredArguments.length > 0)
    .map((option) => ({ path, command, option, flag: option.long ?? '' })),
);

test('there are options that take several words', () => {
  expect(lists.length).toBeGreaterThan(8);
});

test.each(lists)(
  'certflow $path: the argument behind the values of $flag is no value',
  async ({ path, command, option, flag }) => {
    const file = join(folderOf({ 'x.yaml': '' }), 'x.yaml');
    const mandatory = command.options.filter((one) => one.mandatory).flatMap(({ long }) => [long ?? '', 'given']);
    // Those that take files are told from the argument by its being there and theirs being enough.
    const takesFiles = /files/.test(option.flags);
    const values = option.argChoices?.slice(0, 2) ?? (takesFiles ? ['a.cer', 'b.cer'] : ['one', 'two']);
    for (const chosen of [values.slice(0, 1), values])
      for (const words of [
        [...path.split(' '), ...mandatory, flag, ...chosen, file],
        [...path.split(' '), file, ...mandatory, flag, ...chosen],
        [...path.split(' '), ...mandatory, flag, ...chosen, '--', file],
        [...path.split(' '), flag, ...chosen, file, ...mandatory],
      ]) {
        const { operands, options } = await parsed(words);
        expect([words, operands.flat(), options[option.attributeName()]]).toEqual([words, [file], chosen]);
      }
  },
);

test('what is no path stays a value, and is refused in the words of values', async () => {
  const file = join(folderOf({ 'x.yaml': '' }), 'x.yaml');
  expect((await certflow('generate', '-f', 'arm', 'bicpe', file)).stderr).not.toContain('bicpe cannot be read');
  expect((await certflow('cert', 'inspect', '--for', 'entra', 'logic-app', file)).stderr).toContain("'logic-app' is invalid");
  expect((await certflow('check', '--rule', 'names', 'members')).stderr).toContain("missing required argument 'paths'");
});

test('short options in one word, values behind an equals sign, and an option without its value', async () => {
  const of = async (...words: string[]) => {
    const { operands, options } = await parsed(words);
    return [operands.flat(), options.environment];
  };
  expect(await of('deploy', '-ye', 'dev', 'prod', 'hr.yaml')).toEqual([['hr.yaml'], ['dev', 'prod']]);
  expect(await of('deploy', '-edev', 'hr.yaml')).toEqual([['hr.yaml'], ['dev']]);
  expect(await of('deploy', '--environment=dev', 'hr.yaml', '-y')).toEqual([['hr.yaml'], ['dev']]);
  await expect(parsed(['deploy', 'hr.yaml', '-e'])).rejects.toThrow('argument missing');
});

test('generate makes the format that is named, of the spec behind it', async () => {
  const [spec, out] = [join(root, 'examples/sharepoint.certflow.yaml'), folderOf({})];
  const { code, stdout } = await certflow('generate', '--out', out, '-e', 'dev', '--format', 'definition', spec);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/definition {2}3 files: created/)]);
});
