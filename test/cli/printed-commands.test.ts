import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anyCertificate, needs, opensslPfx } from '../certificate/tools.ts';
import { folderOf } from '../folder.ts';
import { commandsOf, parsed } from './command-line.ts';
import { commandsIn, printedCommands } from './printed-commands.ts';

const printed = printedCommands();
const known = commandsOf().map(({ path }) => path);

/** The words of a command line: quotes off, what the shell does with the output too. */
function words(line: string): string[] {
  const command = line.replace(/ >>? .*$| \| .*$/, '').replaceAll(/(?<=[a-z])<value>/g, '');
  return [...command.matchAll(/(?:<[^>]*>|"[^"]*"|[^\s"<])+/g)].map(([word]) =>
    word.replaceAll(/<[^>]*>/g, '1').replaceAll('"', ''),
  );
}

test('commands are found wherever a text can have them', () => {
  expect(commandsIn('Run "certflow check" on it; then "certflow deploy -e dev".')).toEqual([
    { line: 'certflow check', isMention: true },
    { line: 'certflow deploy -e dev', isMention: false },
  ]);
  expect(commandsIn('Make one: certflow cert create. It is good.')).toEqual([{ line: 'certflow cert create', isMention: false }]);
  expect(commandsIn('add it with certflow cert complete --chain.')).toMatchObject([{ line: 'certflow cert complete --chain' }]);
  expect(commandsIn('\ncertflow check . --fix')).toMatchObject([{ line: 'certflow check . --fix' }]);
  expect(commandsIn('what certflow generates')).toEqual([]);
  expect(
    printed.filter(({ file }) => /error-codes|problems|pfx.algorithms|commands.deploy|guide\.md/.test(file)).length,
  ).toBeGreaterThan(20);
});

describe('certflow takes every command that it prints', () => {
  const lines = printed.filter(({ line }) => line.startsWith('certflow '));

  test.each(lines.filter(({ isMention }) => !isMention))('$file: $line', async ({ line }) => {
    const [, ...rest] = words(line);
    // `complete` is added when all others are there, and tested by running it.
    if (rest[0] === 'complete' || rest.includes('--help')) return;
    await expect(parsed(rest)).resolves.toBeDefined();
  });

  test.each(lines.filter(({ isMention }) => isMention))('$file names $line', ({ line }) => {
    const [, ...rest] = words(line);
    expect(known.filter((path) => `${rest.join(' ')} `.startsWith(`${path} `))).toHaveLength(1);
  });
});

test('openssl 3 runs every command that certflow prints', (context) => {
  needs(context, 'openssl');
  const folder = folderOf({});
  const env = { ...process.env, IN: 'canary' };
  const { certificate, privateKey } = anyCertificate;
  const asOpensslDid = { type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: env.IN } as const;
  writeFileSync(join(folder, 'old-key.pem'), privateKey.export(asOpensslDid));
  writeFileSync(join(folder, 'old.p12'), opensslPfx(folder, anyCertificate, ['-legacy'], env.IN));
  writeFileSync(join(folder, 'any.cer'), certificate.raw);
  writeFileSync(join(folder, 'any.pem'), certificate.toString());
  // Those of snippets run there (test/snippet).
  const lines = printed.filter(({ file, line }) => line.startsWith('openssl ') && !/^templates.snippet/.test(file));
  expect(lines.length).toBeGreaterThan(1);
  for (const { line } of lines) {
    const inputs = [
      ['pkcs12', 'old.p12'],
      ['pkcs8', 'old-key.pem'],
      ['-inform der', 'any.cer'],
    ] as const;
    const [, input] = inputs.find(([word]) => line.includes(word)) ?? ['', 'any.pem'];
    // What it is given to is no openssl, and not looked at. Passwords are typed; here they come from the environment.
    const pipe = line.split(' | ').filter((part) => part.startsWith('openssl '));
    const command = pipe
      .map((part) => (/pkcs12|pkcs8/.test(part) ? `${part} -passin env:IN -passout env:IN` : part))
      .join(' | ')
      .replace(/(?<=-in )<[^>]*>/, input)
      .replaceAll(/<[^>]*>/g, 'new');
    const { status, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], { cwd: folder, env, encoding: 'utf8' });
    expect([command, status, stderr]).toEqual([command, 0, '']);
  }
});
