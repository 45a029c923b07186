import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readPfx } from '../../src/certificate/pfx/read.ts';
import { writePfx } from '../../src/certificate/pfx/write.ts';
import { askNewPassword, askPassword } from '../../src/cli/cert/prompt.ts';
import { localTime } from '../../src/cli/times.ts';
import { anyCertificate, needs, opensslPfx } from '../certificate/tools.ts';
import { needsProgram } from '../programs.ts';
import { fromEnv, made, password, prepared, withPassword } from './made-certificate.ts';
import { certflow, certflowWith, emptyFolder } from './run.ts';

test('create writes .cer and .pfx, says so, and what to do with them', async () => {
  const { code, stdout, stderr, folder, path } = await made(...fromEnv);
  expect([code, stdout]).toEqual([0, `created  ${path('cer')}\ncreated  ${path('pfx')}\n`]);
  expect((await readdir(folder)).sort()).toEqual(['.gitignore', 'hr-lists-reader.cer', 'hr-lists-reader.pfx']);
  const { certificate, privateKey, outline, friendlyName } = readPfx(await readFile(path('pfx')), { password });
  expect([certificate.subject, friendlyName, outline.encoding]).toEqual(['CN=HR lists reader', 'hr-lists-reader', 'modern']);
  expect(certificate.checkPrivateKey(privateKey)).toBe(true);
  expect(await readFile(path('cer'))).toEqual(certificate.raw);
  expect(stderr).toContain(`SHA-1 thumbprint ${certificate.fingerprint.replaceAll(':', '')}`);
  expect(stderr).toContain('the .cer goes to the app registration');
  expect(stderr.match(/^.*encoding.*$/gm)).toEqual([
    expect.stringMatching(/encoding modern \(AES-256\), as --encoding says; .* compat/),
  ]);
});

test.skipIf(process.platform === 'win32')('files with a key are for their owner alone, whatever the umask', async () => {
  const before = process.umask(0o000);
  try {
    const { path } = await made('--no-password', '--pem');
    const modes = await Promise.all(['cer', 'pfx', 'pem'].map(async (extension) => (await stat(path(extension))).mode & 0o777));
    expect(modes).toEqual([0o644, 0o600, 0o600]);
  } finally {
    process.umask(before);
  }
});

test('create --json, --days, --bits, --encoding, --pem', async () => {
  const { stdout, path } = await made(...fromEnv, '--json', '--days', '30', '--bits', '3072', '--encoding', 'compat', '--pem');
  expect(JSON.parse(stdout)).toMatchObject({
    files: [path('cer'), path('pfx'), path('pem')],
    encoding: 'compat',
    certificate: { daysInAll: 30, key: { algorithm: 'RSA', bits: 3072 } },
  });
  expect(JSON.parse(stdout)).not.toHaveProperty('password');
  const pem = await readFile(path('pem'), 'utf8');
  expect(new X509Certificate(pem).checkPrivateKey(createPrivateKey({ key: pem, passphrase: password }))).toBe(true);
});

test('times for people are local, in what is made and in what is wrong with it', async () => {
  const { path, stderr } = await made('--no-password', '--days', '20');
  const { stdout } = await certflow('cert', 'inspect', path('pfx'));
  expect([stderr, stdout]).toEqual([
    expect.stringMatching(/, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(/),
    expect.stringMatching(/, on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[expires-soon\]/),
  ]);
});

test('more days than tenants like are made, with a word about it', async () => {
  expect((await made('--no-password')).stderr).not.toContain('audit tools');
  expect((await made('--no-password', '--days', '366')).stderr).toContain('Tenants may refuse more than 365');
  for (const days of ['0', '4000', 'x', '1.5']) expect((await made('--no-password', '--days', days)).code).toBe(2);
});

test('a generated password is shown once, and opens the file', async () => {
  const human = await made('--generate-password');
  const [, shown = ''] = /^password \(shown this once\): ([A-Za-z0-9]{32})$/m.exec(human.stdout) ?? [];
  expect(readPfx(await readFile(human.path('pfx')), { password: shown }).certificate.subject).toBe('CN=HR lists reader');
  expect(human.stdout.split(shown)).toHaveLength(2);
  expect(human.stderr).not.toContain(shown);
  const json = await made('--generate-password', '--json');
  const { password: told } = JSON.parse(json.stdout);
  expect(readPfx(await readFile(json.path('pfx')), { password: told }).certificate.subject).toBe('CN=HR lists reader');
  expect(told).not.toBe(shown);
});

test('nothing is written over, and nothing else written then', async () => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'x.pfx'), 'mine');
  const run = await certflowWith(withPassword, 'cert', 'create', '--subject', 'CN=x', '--out', join(folder, 'x.cer'), ...fromEnv);
  expect([run.code, run.stderr]).toEqual([
    1,
    expect.stringContaining(`${join(folder, 'x.pfx')} is there already. Nothing was written`),
  ]);
  expect(await readdir(folder)).toEqual(['x.pfx']);
  expect(await readFile(join(folder, 'x.pfx'), 'utf8')).toBe('mine');
});

test('a folder that cannot be made', async () => {
  const file = join(await emptyFolder(), 'file');
  await writeFile(file, '');
  const run = await certflow('cert', 'create', '--subject', 'CN=x', '--out', join(file, 'x'), '--no-password');
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(`The folder ${file} cannot be made`)]);
});

test('without --encoding it is compat, and one line says so, and why', async () => {
  const folder = await emptyFolder();
  const { stderr } = await certflow('cert', 'create', '--subject', 'CN=x', '-o', `${folder}/`, '--no-password');
  expect(stderr.match(/^.*encoding.*$/gm)).toEqual([
    expect.stringMatching(/encoding compat \(3DES\), for App Service .*--encoding modern/),
  ]);
  expect(readPfx(await readFile(join(folder, 'x.pfx'))).outline.encoding).toBe('compat');
});

test('--out: a folder to be made, a folder that is there, a name, a name with an extension', async () => {
  const folder = await emptyFolder();
  await mkdir(join(folder, 'there'));
  const outs = {
    'new/': 'new/x.cer',
    there: 'there/x.cer',
    name: 'name.cer',
    'deep/other.pfx': 'deep/other.cer',
    'v1.2': 'v1.2.cer',
  };
  for (const [out, path] of Object.entries(outs)) {
    await certflow('cert', 'create', '--subject', 'CN=x', '--out', `${folder}/${out}`, '--no-password');
    await expect(stat(join(folder, path))).resolves.toBeDefined();
  }
});

test.each([
  ['CN=../../etc/passwd', 'etc-passwd'],
  ['CN="Röntgen, Büro"', 'röntgen-büro'],
  ['O=Contoso', 'o-contoso'],
  ['CN=...', 'certificate'],
])('the subject %s names the file %s', async (subject, name) => {
  const folder = await emptyFolder();
  await certflow('cert', 'create', '--subject', subject, '--out', `${folder}/`, '--no-password');
  expect((await readdir(folder)).sort()).toEqual(['.gitignore', `${name}.cer`, `${name}.pfx`]);
});

test.each([
  ['a file, with a line break', Buffer.from(`${password}\n`), password],
  ['a file, with one of Windows', Buffer.from(`${password}\r\n`), password],
  ['a file of PowerShell', Buffer.from(`\ufeff${password}\r\n`, 'utf16le'), password],
  ['a file with a mark', Buffer.from(`\ufeff${password}`), password],
  ['a file with spaces', Buffer.from('  a b \n'), '  a b '],
])('the password from %s', async (_, contents, expected) => {
  const folder = await emptyFolder();
  await writeFile(join(folder, 'p.txt'), contents);
  await writeFile(join(folder, 'x.pfx'), writePfx(anyCertificate, { password: expected, rounds: 2 }));
  const opened = await certflow('cert', 'inspect', join(folder, 'x.pfx'), '--password-file', join(folder, 'p.txt'), '--json');
  expect(JSON.parse(opened.stdout)).toMatchObject({ fit: true });
});

test.each([
  ['empty', '', 'is empty'],
  ['a line break', '\n', 'is empty'],
  ['two lines', 'a\nb\n', 'more than one line'],
  ['no text', Buffer.from([0xc3, 0x28]), 'not text'],
])('a password file that is %s is refused', async (_, contents, message) => {
  const file = join(await emptyFolder(), 'p.txt');
  await writeFile(file, contents);
  const { code, stderr, folder } = await made('--password-file', file);
  expect([code, stderr, await readdir(folder)]).toEqual([2, expect.stringContaining(message), []]);
});

test.each([
  [[], 'A password is needed'],
  [['--password-env', 'NO_SUCH'], 'NO_SUCH of the environment is not set'],
  [['--password-file', 'no-such-file'], 'no-such-file cannot be read'],
  [['--password-env', 'PFX_PASSWORD', '--generate-password'], 'comes from one place'],
  [['--no-password', '--generate-password'], 'comes from one place'],
  [['--password', 'canary-argument'], 'never the value of an option'],
  [['--password=canary-argument'], 'never the value of an option'],
  [['--password'], 'never the value of an option'],
])('the options %j about the password are refused', async (options, message) => {
  const { code, stdout, stderr, folder } = await made(...options);
  expect([code, stderr, await readdir(folder)]).toEqual([2, expect.stringContaining(message), []]);
  expect(stdout + stderr).not.toContain('canary');
});

test('the prompt asks twice, again where the two differ, and never shows what is typed', async () => {
  const { streams, shown, type } = keyboard();
  type(['\r', 'canary-one\r', 'canary-two\r', '\u0015canary-one\r']);
  expect(await askNewPassword(streams)).toBe('canary-one');
  expect(shown()).toContain('Type one');
  expect(shown()).toContain('That is not the same');
  expect(shown()).not.toContain('canary');
});

test('the prompt for the password of a file asks once; Ctrl-C ends it', async () => {
  const first = keyboard();
  first.type(['canary\r']);
  expect(await askPassword('Password of x.pfx', first.streams)).toBe('canary');
  const second = keyboard();
  second.type(['\u0003']);
  await expect(askPassword('Password of x.pfx', second.streams)).rejects.toThrow('Nothing was written');
});

function keyboard() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let text = '';
  output.on('data', (chunk) => {
    text += chunk;
  });
  const type = (keys: string[]) => {
    const typing = setInterval(() => (keys.length > 0 ? input.write(keys.shift()) : clearInterval(typing)), 30);
  };
  return { streams: { input, output }, shown: () => text, type };
}

test('convert says what it cannot do, and names the file', async () => {
  const { path, folder } = await prepared();
  const out = join(folder, 'new');
  const run = async (...args: string[]) => (await certflowWith(withPassword, 'cert', 'convert', ...args, '-o', out)).stderr;
  expect(await run(path('pfx'))).toContain(
    `${path('pfx')}: The PFX has a password, and none was given. Give it with --password-file`,
  );
  expect(await run(path('pfx'), '--no-password')).toMatch(/unknown option|has a password/);
  await writeFile(join(folder, 'wrong'), 'canary-wrong');
  expect(await run(path('pfx'), '--password-file', join(folder, 'wrong'))).toContain(
    `${path('pfx')}: The password does not open the PFX`,
  );
  expect(await run(path('cer'))).toContain('cert complete');
  expect(await run(path('pfx'), '--password-stdin', '--new-password-stdin')).toContain('Standard input holds one password');
  await writeFile(join(folder, 'text'), 'hello');
  expect(await run(join(folder, 'text'))).toContain(`${join(folder, 'text')}: This is no PFX`);
  expect(await readdir(folder)).not.toContain('new.pfx');
});

/** An instant as programs read it. */
const isoInstant = /\d{4}-\d\d-\d\dT\d\d:\d\d/;

test('inspect: exit codes, text and JSON', async (context) => {
  const { path, folder } = await prepared();
  const inspect = (...args: string[]) => certflowWith(withPassword, 'cert', 'inspect', ...args);
  const good = await inspect(path('pfx'), ...fromEnv);
  const { certificate } = readPfx(await readFile(path('pfx')), { password });
  expect([good.code, good.stderr]).toEqual([0, '']);
  for (const part of [
    'CN=any, O=Contoso',
    certificate.fingerprint.replaceAll(':', ''),
    'x5t#S256',
    '364 days left',
    'RSA, 2048 bits, with its private part',
  ])
    expect(good.stdout).toContain(part);
  expect(good.stdout).toMatch(/Logic Apps {3}accepts\n {2}App Service {2}accepts\n {2}Entra ID {5}accepts its certificate/);

  // Local for people, ISO 8601 for programs.
  const { validFromDate, validToDate } = certificate;
  const [begin, end] = [validFromDate, validToDate].map((time) => time.toISOString().replace('.000Z', 'Z'));
  expect(good.stdout).toContain(`${localTime(begin ?? '')} to ${localTime(end ?? '')}: `);
  expect(good.stdout).not.toMatch(isoInstant);
  expect(JSON.parse((await inspect(path('pfx'), ...fromEnv, '--json')).stdout)).toMatchObject({
    certificate: { notBefore: begin, notAfter: end },
    file: path('pfx'),
    fit: true,
    problems: [],
  });
  expect(await inspect(path('cer'))).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('[no-private-key] (Logic Apps, App Service)\n  help: '),
  });
  // What only others mind is no error to those who ask for Entra ID.
  const forEntra = await inspect(path('cer'), '--for', 'entra');
  expect([forEntra.code, forEntra.stdout]).toEqual([0, expect.stringContaining('\nnote: the file is a certificate without')]);
  expect(forEntra.stdout).not.toMatch(/^(error|warning): /m);
  expect(await inspect(path('pfx'), '--for', 'entra')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('[password-needed]'),
  });
  await writeFile(join(folder, 'text'), 'hello');
  expect(await inspect(join(folder, 'text'))).toMatchObject({ code: 2, stderr: expect.stringContaining('This is no PFX') });
  expect(await inspect(join(folder, 'none'))).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be read') });
  needs(context, 'openssl');
  await writeFile(path('p12'), opensslPfx(folder, anyCertificate, ['-legacy', '-certpbe', 'PBE-SHA1-RC4-40'], password));
  expect(await inspect(path('p12'), ...fromEnv)).toMatchObject({ code: 1, stdout: expect.stringContaining('RC4 (40 bits)') });
});

describe('a folder into which a key is written', () => {
  const create = async (folder: string) => {
    return certflow('cert', 'create', '--subject', 'CN=x', '--out', `${folder}/`, '--pem', '--no-password');
  };
  const git = (folder: string, ...args: string[]) => spawnSync('git', args, { cwd: folder, encoding: 'utf8' });

  test('keeps it out of git, as git sees it, also where the repository is made later', async (context) => {
    needsProgram(context, 'git', ['--version'], () => true);
    const folder = await emptyFolder();
    const { stderr } = await create(folder);
    expect(stderr).toContain(`${join(folder, '.gitignore')} keeps private keys out of git.`);
    const request = ['request', '--subject', 'CN=y', '--out', `${folder}/`, '--no-password'];
    expect((await certflow('cert', ...request)).stderr).not.toContain('.gitignore');
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    expect(git(folder, 'ls-files').stdout.split('\n').filter(Boolean)).toEqual(['.gitignore', 'x.cer', 'y.csr']);
  });

  test('keeps what its .gitignore says, and gets the lines that are missing', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, '.gitignore'), Buffer.from('# caf\u00e9\r\n*.pfx\r\n*.key', 'latin1'));
    await create(folder);
    expect(await readFile(join(folder, '.gitignore'), 'latin1')).toBe(
      '# caf\u00e9\r\n*.pfx\r\n*.key\r\n# Private keys, added by certflow.\r\n*.p12\r\n*.pem\r\n',
    );
  });

  test('gets none where a folder above ignores keys, or the folder itself', async () => {
    const folder = await emptyFolder();
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, '.gitignore'), 'certs/\n*.p*\n*.key\n');
    for (const inside of ['certs', 'other']) {
      expect((await create(join(folder, inside))).code).toBe(0);
      expect((await readdir(join(folder, inside))).sort()).toEqual(['x.cer', 'x.pem', 'x.pfx']);
    }
  });
});
