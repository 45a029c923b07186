import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writePfx } from '../../src/certificate/index.ts';
import { setUp } from '../../src/setup/setup.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { folderOf } from '../folder.ts';
import { below, part } from '../sweep.ts';
import { until } from '../until.ts';
import { expectWhole, numbered, numberedSpec, world } from './setup-world.ts';

const bin = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));

test('setup, killed at every request in turn, before its answer: the next run completes, and nothing is there twice', async () => {
  const w = await world();
  const { azure, setFaults, requests, cloudFile } = w;
  const confirm = () => true;
  await setUp(azure, numbered(0), { certificate: anyCertificate, confirm });
  const count = requests().filter(({ service }) => service !== 'entra').length;
  const folder = folderOf({});
  const pfx = join(folder, 'x.pfx');
  writeFileSync(pfx, writePfx(anyCertificate));
  for (const at of part(below(count))) {
    const number = at + 1;
    const file = join(folder, `${number}.yaml`);
    writeFileSync(file, JSON.stringify(numberedSpec(number)));
    // Every second one is killed after Azure has done what it was asked.
    const kind = at % 2 === 0 ? 'timeout' : 'lost';
    const isHit = () => requests().some(({ fault }, index) => index >= before && fault !== undefined);
    const before = requests().length;
    setFaults([{ kind, at, path: /^(?!.*\/oauth2\/)(?!.*openid)/ }]);
    const child = spawn(process.execPath, [bin, 'setup', file, '--yes', '--pfx', pfx, '--cloud-file', cloudFile], {
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await until(() => isHit() || child.exitCode !== null);
    child.kill('SIGKILL');
    await ended;
    expect([at, isHit()]).toEqual([at, true]);
    setFaults([]);
    const { outcome, items } = await setUp(azure, numbered(number), { certificate: anyCertificate, confirm });
    expect([at, outcome, items?.filter((item) => item.outcome === 'failed')]).toEqual([at, 'set up', []]);
    await expectWhole(w, number, at);
  }
});
