import { spawnSync } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readPfx } from '../../src/certificate/pfx/read.ts';
import { authority } from '../certificate/authority.ts';
import { anyCertificate, needs, openssl, opensslPfx } from '../certificate/tools.ts';
import { fromEnv, made, modern, password, prepared, withPassword } from '../cli/made-certificate.ts';
import { certflow, certflowWith, emptyFolder } from '../cli/run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the password from standard input, in a process of its own that leaves no other file', async () => {
  const [out, temporary] = [await emptyFolder(), await emptyFolder()];
  const run = spawnSync(
    process.execPath,
    [join(root, 'src/cli/bin.ts'), 'cert', 'create', '--subject', 'CN=x', '--out', `${out}/`, '--password-stdin'],
    { input: `${password}\n`, encoding: 'utf8', env: { ...process.env, TMPDIR: temporary, TEMP: temporary } },
  );
  expect([run.status, run.stdout + run.stderr]).toEqual([0, expect.not.stringContaining('canary')]);
  expect(readPfx(await readFile(join(out, 'x.pfx')), { password }).certificate.subject).toBe('CN=x');
  expect((await readdir(out)).sort()).toEqual(['.gitignore', 'x.cer', 'x.pfx']);
  expect((await readdir(temporary)).filter((name) => !name.startsWith('node-compile-cache'))).toEqual([]);
});

test('convert: encodings, PEM, passwords, and back', async () => {
  const { path, folder } = await prepared();
  const convert = (...args: string[]) => certflowWith({ ...withPassword, OTHER: 'canary other' }, 'cert', 'convert', ...args);
  const key = readPfx(await readFile(path('pfx')), { password }).privateKey.export({ format: 'jwk' });
  const at = (name: string) => join(folder, name);
  const read = async (name: string, secret: string) => {
    const { outline, privateKey } = readPfx(await readFile(at(name)), { password: secret });
    expect(privateKey.export({ format: 'jwk' })).toEqual(key);
    return outline.encoding;
  };

  expect(await convert(path('pfx'), '-o', at('modern.pfx'), ...modern, ...fromEnv)).toMatchObject({
    code: 0,
    stdout: `created  ${at('modern.pfx')}\n`,
  });
  expect(await read('modern.pfx', password)).toBe('modern');
  await convert(at('modern.pfx'), '-o', at('other.pfx'), ...fromEnv, '--new-password-env', 'OTHER');
  expect(await read('other.pfx', 'canary other')).toBe('compat');
  const open = await convert(at('other.pfx'), '-o', at('open'), '--password-env', 'OTHER', '--no-new-password');
  expect(open.stderr).toContain('has no password');
  expect(await read('open.pfx', '')).toBe('compat');
  await convert(at('open.pfx'), '-o', at('open.pem'), '--pem');
  expect(await readFile(at('open.pem'), 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----[\s\S]+-----END CERTIFICATE-----\n$/);
  const generated = await convert(at('open.pem'), '-o', at('again.pfx'), '--generate-password', '--json', ...modern);
  expect(await read('again.pfx', JSON.parse(generated.stdout).password)).toBe('modern');
  await convert(path('pfx'), '-o', at('closed.pem'), '--pem', ...fromEnv);
  await convert(at('closed.pem'), '-o', at('back.pfx'), ...fromEnv, ...modern);
  expect(await read('back.pfx', password)).toBe('modern');
  if (process.platform !== 'win32') expect((await stat(at('open.pem'))).mode & 0o777).toBe(0o600);
});

test('request, the CA, complete', async (context) => {
  needs(context, 'openssl');
  const ca = authority(await emptyFolder());
  const folder = await emptyFolder();
  const at = (name: string) => join(folder, name);
  const request = await certflowWith(withPassword, 'cert', 'request', '--subject', 'CN=x', '-o', `${folder}/`, ...fromEnv);
  expect([request.code, request.stdout]).toEqual([0, `created  ${at('x.csr')}\ncreated  ${at('x.key')}\n`]);
  expect(request.stderr).toContain('Send');
  expect(await readFile(at('x.key'), 'utf8')).toContain('ENCRYPTED PRIVATE KEY');
  const answer = at('answer.cer');
  await writeFile(answer, ca.answer(at('x.csr')));

  const complete = (...args: string[]) =>
    certflowWith(withPassword, 'cert', 'complete', answer, '--key', at('x.key'), ...modern, ...args);
  expect(await complete('-o', at('closed'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The private key has a password'),
  });
  const cut = await complete('-o', at('cut'), ...fromEnv);
  expect([cut.code, cut.stderr]).toEqual([0, expect.stringContaining('the certificate of "CN=issuing" is not among the files')]);
  const whole = await complete('-o', at('whole'), ...fromEnv, '--chain', ca.path('root.pem'), ca.path('issuing.pem'), '--json');
  expect(JSON.parse(whole.stdout)).toMatchObject({
    files: [at('whole.cer'), at('whole.pfx')],
    certificate: { issuer: 'CN=issuing' },
  });
  const read = readPfx(await readFile(at('whole.pfx')), { password });
  expect([read.certificate, ...read.chain].map(({ subject }) => subject)).toEqual(['CN=x', 'CN=issuing', 'CN=root']);

  const open = await certflow('cert', 'request', '--subject', 'CN=open', '-o', `${folder}/`, '--no-password');
  expect(open.stderr).toContain('no password');
  await writeFile(answer, ca.answer(at('open.csr')));
  const completed = await certflowWith(
    withPassword,
    'cert',
    'complete',
    answer,
    '--key',
    at('open.key'),
    '-o',
    `${folder}/`,
    ...fromEnv,
  );
  expect(completed.code).toBe(0);
  expect(readPfx(await readFile(at('open.pfx')), { password }).certificate.subject).toBe('CN=open');
  expect((await certflow('cert', 'complete', answer, '--key', at('x.key'), '-o', at('y'), '--no-password')).code).toBe(2);
});

test('the way out of a cipher that certflow does not read runs as it is printed', async (context) => {
  needs(context, 'openssl');
  const folder = await emptyFolder();
  await writeFile(
    join(folder, 'old.p12'),
    opensslPfx(folder, anyCertificate, ['-legacy', '-certpbe', 'PBE-SHA1-RC4-40'], password),
  );
  const { stdout } = await certflowWith(withPassword, 'cert', 'inspect', join(folder, 'old.p12'), ...fromEnv);
  const [first = '', second = ''] = [...stdout.matchAll(/"((?:openssl|certflow) [^"]*)"/g)].map(([, line = '']) =>
    line.replaceAll('<file>', join(folder, 'old.p12')).replaceAll('<new file>', join(folder, 'new.pfx')),
  );
  // Passwords are typed there; here they come from the environment, by options behind the printed ones.
  openssl([...first.split(' ').slice(1), '-passin', 'env:IN', '-passout', 'env:IN'], { IN: password });
  const converted = await certflowWith(withPassword, ...second.split(' ').slice(1), ...fromEnv);
  expect([converted.code, converted.stdout]).toEqual([0, `created  ${join(folder, 'new.pfx')}\n`]);
  const { certificate, outline } = readPfx(await readFile(join(folder, 'new.pfx')), { password });
  expect([certificate.raw, outline.encoding]).toEqual([anyCertificate.certificate.raw, 'compat']);
});

test('no password and no key in anything that is printed, with --debug and --json too', async () => {
  const { path, folder, stdout, stderr } = await made(...fromEnv, '--pem', '--debug');
  const { privateKey } = readPfx(await readFile(path('pfx')), { password });
  const { d = '', p = '' } = privateKey.export({ format: 'jwk' });
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  await writeFile(join(folder, 'damaged.pfx'), (await readFile(path('pfx'))).subarray(0, 2000));
  const runs = [{ stdout, stderr }];
  for (const args of [
    ['inspect', path('pfx')],
    ['inspect', path('pem')],
    ['inspect', join(folder, 'damaged.pfx')],
    ['convert', path('pfx'), '-o', join(folder, 'a')],
    ['convert', path('pem'), '-o', join(folder, 'b'), '--pem'],
    ['convert', path('pfx'), '-o', join(folder, 'a')],
    ['complete', path('cer'), '-k', path('pem'), '-o', join(folder, 'c')],
    ['complete', path('cer'), '-k', path('cer'), '-o', join(folder, 'd')],
    ['create', '--subject', password],
    ['request', '--subject', password],
    ['create', '--subject', `CN=${password.replaceAll('"', '')}`, '--out', `${folder}/${password}/`],
  ])
    for (const json of [[], ['--json']])
      runs.push(await certflowWith(withPassword, 'cert', ...args, ...fromEnv, ...json, '--debug'));
  const printed = runs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  expect(printed).toContain('[hidden]');
  expect(printed).not.toContain(password);
  expect(printed).not.toContain(JSON.stringify(password).slice(1, -1));
  for (const part of [d, p, der.toString('base64').slice(80), der.toString('hex').slice(80)])
    for (let at = 0; at + 24 <= part.length; at += 24) expect(printed).not.toContain(part.slice(at, at + 24));
});
