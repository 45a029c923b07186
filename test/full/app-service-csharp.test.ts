import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { expect, type TestContext, test } from 'vitest';
import { groundOf } from '../../src/cli/ground-of.ts';
import { addManagedIdentity } from '../../src/emulator/entra/directory.ts';
import { generate, writePfx } from '../../src/index.ts';
import { folder } from '../certificate/tools.ts';
import { dotnetEnvironment } from '../dotnet.ts';
import { emulator } from '../emulator/start.ts';
import { signInHost } from '../entra.ts';
import { identityId, identityIn } from '../proofs/identity.ts';
import { specOf } from '../specs.ts';

const tools = fileURLToPath(new URL('../tools/csharp', import.meta.url));
const identityTools = fileURLToPath(new URL('../tools/csharp-identity', import.meta.url));
const appService = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-web', site: 'app-contoso' };

/** The library of the base spec, beside a console program that uses it, in a folder that is gone after the test. */
async function sources(overrides: object = {}, console = tools): Promise<string> {
  const place = await folder();
  for (const { path, contents } of generate(specOf({ targets: { appService }, ...overrides }), { format: 'app-service' })) {
    if (!path.startsWith('csharp/HrListsAuth/')) continue;
    const file = join(place, 'library', basename(path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  mkdirSync(join(place, 'console'));
  for (const name of ['console.csproj', 'Program.cs']) copyFileSync(join(console, name), join(place, 'console', name));
  return place;
}

/** Builds for a target with warnings as errors. Skips the test, saying so, without dotnet or where its packages cannot be had. */
function build(context: TestContext, place: string, target: string): string {
  const env = { ...process.env, ...dotnetEnvironment(place) };
  const dotnet = (...args: string[]) => spawnSync('dotnet', args, { cwd: place, encoding: 'utf8', env });
  const restored = dotnet('restore', 'console', `-p:LibraryTarget=${target}`);
  if (restored.status !== 0) {
    const reason = `the packages of ${target} cannot be had: ${restored.error?.message ?? restored.stdout.trim().split('\n').at(-1)}`;
    process.stderr.write(`skipped: ${context.task.name}: ${reason}\n`);
    context.skip(reason);
  }
  const built = dotnet('build', 'library', '-warnaserror', '-f', target);
  expect([built.status, built.stdout]).toEqual([0, expect.stringContaining('0 Warning(s)')]);
  const program = dotnet('build', 'console', '-warnaserror', `-p:LibraryTarget=${target}`, '-o', join(place, 'out'));
  expect([program.status, program.stdout]).toEqual([0, expect.stringContaining('0 Warning(s)')]);
  return join(place, 'out', 'console.dll');
}

for (const target of ['net8.0', 'net10.0']) {
  test(`the class library builds for ${target} without a warning, gets tokens, and says what is wrong`, async (context) => {
    const place = await sources();
    const program = build(context, place, target);
    const { authority, caFile, tenantId, clientId, registered } = await signInHost();
    const pfx = Buffer.from(await writePfx(registered)).toString('base64');
    const withPassword = join(place, 'local.pfx');
    writeFileSync(withPassword, await writePfx(registered, { password: 'pässword' }));
    const app = { TenantId: tenantId, ClientId: clientId, AZURE_AUTHORITY_HOST: authority };
    const settings: readonly object[] = [
      { ...app, Certificate: pfx },
      { ...app, CertificateFile: withPassword, CertificatePassword: 'pässword' },
      { ...app, Certificate: '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/c)' },
      { ...app, Certificate: '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/Certificates/c/v)' },
      { ...app, Certificate: 'no base64!' },
      { ...app, CertificateFile: withPassword, CertificatePassword: 'wrong' },
      { ...app, CertificateFile: join(place, 'none.pfx') },
      app,
      { ...app, ClientId: '', Certificate: pfx },
    ];
    const files = settings.map((values, index) => {
      const file = join(place, `settings${index}.json`);
      writeFileSync(file, JSON.stringify(values));
      return file;
    });
    const { stdout } = await promisify(execFile)('dotnet', [program, ...files], {
      env: { ...process.env, SSL_CERT_FILE: caFile },
    });
    const results = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const refused = (message: RegExp) => ({ error: 'InvalidOperationException', message: expect.stringMatching(message) });
    expect(results.slice(0, 2).map(({ token }) => decodeJwt(token).aud)).toEqual(Array(2).fill('https://contoso.sharepoint.com'));
    expect(results.slice(2)).toEqual([
      refused(/reference that App Service could not resolve.*Key Vault Secrets User/),
      // The form of the article; that no role mends.
      refused(
        /^The setting Certificate refers to the address of a certificate.*only that of a secret\. Write @Microsoft\.KeyVault\(SecretUri=https:\/\/kv\.vault\.azure\.net\/secrets\/c\/v\)$/,
      ),
      refused(/holds no PFX in base64.*application\/x-pkcs12/),
      refused(/CertificatePassword is not its password/),
      refused(/none\.pfx, which CertificateFile names, cannot be read/),
      refused(/There is no certificate/),
      refused(/The setting ClientId is missing/),
    ]);
    expect(stdout).not.toContain(pfx.slice(100, 140));
  });
}

const request = { name: 'Get users', url: 'https://graph.microsoft.com/v1.0/users', signIn: 'managedIdentity' };
const permissions = { permissions: [{ api: 'graph', roles: ['User.Read.All'] }] };
const alone = { appRegistration: undefined, vault: undefined, certificate: undefined, managedIdentity: permissions };

test("Microsoft's identity library gets tokens of both kinds of identity from the emulator, by the library that is generated", async (context) => {
  const place = await sources({ ...alone, requests: [request] }, identityTools);
  const program = build(context, place, 'net10.0');
  const { state, profile, identityVariables } = await appWithIdentities();
  const own = state.resources.get(siteId.toLowerCase());
  const settings = [
    { ManagedIdentity: 'systemAssigned' },
    { ManagedIdentity: identityId },
    { ManagedIdentity: `${identityId}-other` },
  ];
  const files = settings.map((values, index) => {
    const file = join(place, `settings${index}.json`);
    writeFileSync(file, JSON.stringify(values));
    return file;
  });
  const caFile = join(place, 'ca.pem');
  writeFileSync(caFile, profile.certificateAuthority ?? '');
  const { stdout } = await promisify(execFile)('dotnet', [program, ...files], {
    env: { ...process.env, ...identityVariables(siteId), SSL_CERT_FILE: caFile },
  });
  const [system, user, other] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const claims = ({ token }: { token: string }) => decodeJwt(token);
  expect(claims(system)).toMatchObject({ aud: 'https://graph.microsoft.com', oid: own?.identity?.principalId });
  expect(claims(system).roles).toBeUndefined();
  expect(claims(user)).toMatchObject({ oid: identityIn(state).id, roles: ['User.Read.All'] });
  expect(other).toMatchObject({ message: expect.stringMatching(/does not have managed identity/) });
});

test('the library of a spec that signs in both ways builds without a warning', async (context) => {
  const both = {
    managedIdentity: permissions,
    requests: [
      { ...request, name: 'Get both' },
      { name: 'Get lists', url: 'https://contoso.sharepoint.com/_api/web' },
    ],
  };
  build(context, await sources(both, identityTools), 'net8.0');
});

const siteId = `/subscriptions/${appService.subscription}/resourceGroups/rg-web/providers/Microsoft.Web/sites/app-contoso`;

/** An app with an identity of its own and a user-assigned one, which alone has a permission. */
async function appWithIdentities() {
  const targets = { appService: { ...appService, managedIdentity: identityId } };
  const ground = groundOf(specOf({ ...alone, targets, requests: [request] }));
  const loopback = await emulator({ ground });
  const found = loopback.state.resources.get(siteId.toLowerCase());
  const user = loopback.state.resources.get(identityId.toLowerCase());
  const system = addManagedIdentity(loopback.state, siteId, 'app-contoso');
  if (found && user)
    loopback.state.resources.set(siteId.toLowerCase(), {
      ...found,
      identity: {
        type: 'SystemAssigned, UserAssigned',
        principalId: system.id,
        userAssignedIdentities: { [identityId]: user.properties },
      },
    });
  return loopback;
}
