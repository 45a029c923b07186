import { execFile, spawnSync } from 'node:child_process';
import { createPrivateKey, webcrypto } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import type { TestContext } from 'vitest';
import { dotnetEnvironment, runsSingleFiles } from '../dotnet.ts';

/** What a snippet is run with. */
export interface Place {
  readonly folder: string;
  /** The snippet's text. */
  readonly text: string;
  /** PEM of the certificate that the token endpoint shows. */
  readonly caFile: string;
  readonly pfx: string;
  readonly pem: string;
  readonly password: string;
}

/** Skips the test, saying so, where the program is not on this machine. */
export function needs(context: TestContext, program: string, args: readonly string[]) {
  const { error, status } = spawnSync(program, args);
  if (!error && status === 0) return;
  skip(context, `there is no ${program} here that does ${args.join(' ')}`);
}

export function skip(context: TestContext, reason: string): never {
  process.stderr.write(`skipped: ${context.task.name}: ${reason}\n`);
  return context.skip(reason);
}

export async function output(
  program: string,
  args: readonly string[],
  folder: string,
  env: Record<string, string>,
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env: { ...process.env, ...env } });
  return stdout;
}

/** How each snippet is run; the result is what it prints. */
export const runners: Readonly<Record<string, (context: TestContext, place: Place) => Promise<string>>> = {
  csharp: async (context, place) => {
    if (!runsSingleFiles()) skip(context, 'there is no dotnet 10 on this machine');
    writeFileSync(join(place.folder, 'sign-in.cs'), place.text);
    const env = dotnetEnvironment(place.folder);
    await output('dotnet', ['build', 'sign-in.cs'], place.folder, { ...env, TreatWarningsAsErrors: 'true' });
    const run = { ...env, ...withPfx(place), SSL_CERT_FILE: place.caFile };
    return output('dotnet', ['run', '--no-build', 'sign-in.cs'], place.folder, run);
  },
  typescript: (_, place) => {
    writeFileSync(join(place.folder, 'sign-in.ts'), place.text);
    const env = { NODE_EXTRA_CA_CERTS: place.caFile, CERTIFICATE_FILE: place.pem };
    return output(process.execPath, ['sign-in.ts'], place.folder, env);
  },
  python: (context, place) => {
    const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import cryptography']).status === 0);
    needs(context, python ?? 'python3', ['-c', 'import cryptography']);
    writeFileSync(join(place.folder, 'sign_in.py'), place.text);
    return output(python as string, ['sign_in.py'], place.folder, { SSL_CERT_FILE: place.caFile, ...withPfx(place) });
  },
  java: (context, place) => {
    needs(context, 'java', ['--version']);
    needs(context, 'keytool', ['-help']);
    writeFileSync(join(place.folder, 'SignIn.java'), place.text);
    const store = join(place.folder, 'trusted.p12');
    const keytool = ['-importcert', '-noprompt', '-alias', 'ca', '-file', place.caFile, '-keystore', store];
    spawnSync('keytool', [...keytool, '-storetype', 'PKCS12', '-storepass', 'changeit']);
    const trust = [`-Djavax.net.ssl.trustStore=${store}`, '-Djavax.net.ssl.trustStorePassword=changeit'];
    return output('java', [...trust, 'SignIn.java'], place.folder, withPfx(place));
  },
  php: (context, place) => {
    needs(context, 'php', ['-r', 'exit(extension_loaded("openssl") ? 0 : 1);']);
    writeFileSync(join(place.folder, 'sign-in.php'), place.text);
    return output('php', ['-d', `openssl.cafile=${place.caFile}`, 'sign-in.php'], place.folder, withPfx(place));
  },
  powershell: (context, place) => {
    needs(context, 'pwsh', ['--version']);
    writeFileSync(join(place.folder, 'sign-in.ps1'), place.text);
    const env = { SSL_CERT_FILE: place.caFile, ...withPfx(place) };
    return output('pwsh', ['-NoProfile', '-File', 'sign-in.ps1'], place.folder, env);
  },
  /** The commands of its comments sign the assertion; the request is sent as it stands. */
  http: async (context, place) => {
    needs(context, 'bash', ['--version']);
    const commands = [...place.text.matchAll(/^# {3}(base64url\(\).*|\w+=\$.*|echo .*)$/gm)].map(([, line]) => line);
    const assertion = (await output('bash', ['-c', commands.join('\n')], place.folder, { CERTIFICATE_FILE: place.pem })).trim();
    const lines = place.text.slice(place.text.indexOf('\nPOST ') + 1).split('\n');
    const blank = lines.indexOf('');
    const body = lines.slice(blank + 1).join('\n');
    const headers = Object.fromEntries(lines.slice(1, blank).map((line) => line.split(': ') as [string, string]));
    return send(lines[0]?.split(' ')[1] ?? '', headers, body.trimEnd().replace('{{clientAssertion}}', assertion), place.caFile);
  },
  /** Its script runs as in Postman, whose sandbox has these globals; then the request of the collection is sent. */
  postman: async (_, place) => {
    const pem = readFileSync(place.pem, 'utf8');
    const variables = new Map([
      ['certificate', /-----BEGIN CERTIFICATE[\s\S]*?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? ''],
      ['privateKey', String(createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }))],
    ]);
    const [item] = (JSON.parse(place.text) as PostmanCollection).item;
    const pm = {
      variables: { get: (name: string) => variables.get(name), set: (name: string, to: string) => variables.set(name, to) },
    };
    const sandbox = createContext({ pm, crypto: webcrypto, btoa, atob, TextEncoder, Uint8Array });
    await runInContext(`(async () => {\n${item.event[0].script.exec.join('\n')}\n})()`, sandbox);
    const filled = (text: string) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => variables.get(name) ?? '');
    const form = new URLSearchParams(
      item.request.body.urlencoded.map(({ key, value }) => [key, filled(value)] as [string, string]),
    );
    const headers = Object.fromEntries(item.request.header.map(({ key, value }) => [key, value] as const));
    return send(
      item.request.url,
      { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
      String(form),
      place.caFile,
    );
  },
};

interface PostmanCollection {
  readonly item: readonly [
    {
      readonly event: readonly [{ readonly script: { readonly exec: readonly string[] } }];
      readonly request: {
        readonly url: string;
        readonly header: readonly { readonly key: string; readonly value: string }[];
        readonly body: { readonly urlencoded: readonly { readonly key: string; readonly value: string }[] };
      };
    },
  ];
}

function withPfx({ pfx, password }: Place) {
  return { CERTIFICATE_FILE: pfx, CERTIFICATE_PASSWORD: password };
}

/** Sends a POST request; the result is the answer's token. */
function send(url: string, headers: Record<string, string>, body: string, caFile: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      ca: readFileSync(caFile),
    };
    const sent = request(url, options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const answer = JSON.parse(Buffer.concat(chunks).toString()) as { access_token?: string; error_description?: string };
      if (answer.access_token === undefined) reject(new Error(answer.error_description));
      else resolve(`Got a token of ${answer.access_token.length} characters.`);
    });
    sent.on('error', reject).end(body);
  });
}
