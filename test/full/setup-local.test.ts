import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPfx } from '../../src/index.ts';
import { certflow } from '../cli/run.ts';
import { ground, text } from '../cli/setup-ground.ts';
import { folderOf } from '../folder.ts';

describe('certflow setup -e local', () => {
  const production = '22222222-2222-2222-2222-222222222222';
  const ready = async () => {
    const g = await ground();
    const spec = JSON.parse(text);
    const appRegistration = { ...spec.appRegistration, clientId: production };
    writeFileSync(g.spec, JSON.stringify({ ...spec, appRegistration, environments: { prod: {}, local: {} } }, null, 2));
    const asked = () => g.requests().map(({ service }) => service);
    return { ...g, pfx: join(g.folder, 'hr-lists-local.pfx'), asked };
  };

  test('makes the PFX beside the spec, and writes the id of its own registration; once more, it finds both', async () => {
    const { azure, spec, pfx, asked } = await ready();
    const { code, stdout, stderr } = await azure('setup', spec, '-e', 'local', '--yes', '--generate-password');
    expect([code, stderr]).toEqual([0, expect.stringContaining(`\n  certflow generate ${spec} -e local\n`)]);
    const password = /^password \(shown this once\): (\w{32})$/m.exec(stdout)?.[1] ?? '';
    expect((await readPfx(readFileSync(pfx), { password })).certificate.subject).toBe('CN=HR lists reader (local)');
    if (process.platform !== 'win32') expect(statSync(pfx).mode & 0o777).toBe(0o600);
    const written = JSON.parse(readFileSync(spec, 'utf8'));
    expect(written.appRegistration.clientId).toBe(production);
    expect(written.environments.local.appRegistration.clientId).toMatch(/^[\da-f-]{36}$/);
    expect(written.environments.local.appRegistration.clientId).not.toBe(production);

    const passwordFile = join(folderOf({ password }), 'password');
    const again = await azure('setup', spec, '-e', 'local', '--yes', '--password-file', passwordFile);
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('Everything is there. Nothing was changed.')]);
    expect([...new Set(asked())].sort()).toEqual(['entra', 'graph']);

    // What is made of it for debugging names it, and production's things nowhere.
    const out = join(folderOf({}), 'out');
    expect((await certflow('generate', spec, '-e', 'local', '-o', out)).code).toBe(0);
    const settings = readFileSync(join(out, 'hr-lists/local/app-service/csharp/local.user.settings.json'), 'utf8');
    expect(JSON.parse(settings).ClientId).toBe(written.environments.local.appRegistration.clientId);
  });

  test('--plan writes nothing and asks for no password; a wish to make one is refused where no file is made', async () => {
    const { azure, spec, pfx } = await ready();
    const { code, stdout } = await azure('setup', spec, '-e', 'local', '--plan');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`certificate file ${pfx}`)]);
    expect([existsSync(pfx), existsSync(pfx.replace('pfx', 'cer'))]).toEqual([false, false]);
    const without = await azure('setup', spec, '-e', 'local', '--yes');
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('--generate-password')]);
    const other = await azure('setup', spec, '-e', 'prod', '--yes', '--generate-password');
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('prod keeps its certificate in a vault')]);
  });
});
