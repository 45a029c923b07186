import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groundOf } from '../src/cli/ground-of.ts';
import { startEmulator } from '../src/emulator/index.ts';
import { parseSpec } from '../src/spec/parse.ts';
import { baseSpec } from '../test/specs.ts';
import { bin, inFolder, line } from './measure.ts';

const count = 200;

/** So many workflows in one run of `certflow deploy`, to a loopback Azure whose waits take a millisecond; and once more, when nothing is to do. */
export async function deployments() {
  console.log(`\n${count} deployments, in one run`);
  const ground = {
    ...baseSpec,
    appRegistration: { ...baseSpec.appRegistration, permissions: [{ api: 'sharepoint', roles: ['Sites.Read.All'] }] },
  };
  let requests = 0;
  const emulator = await startEmulator({
    ground: groundOf(parseSpec(JSON.stringify(ground))),
    delays: { poll: 1, retry: 1 },
    onRequest: () => requests++,
  });
  try {
    await inFolder(async (folder) => {
      for (let index = 0; index < count; index++)
        writeFileSync(join(folder, `flow-${index}.certflow.yaml`), JSON.stringify({ ...ground, name: `flow-${index}` }));
      for (const name of ['made', 'made already']) {
        requests = 0;
        const { time, memory } = await deploy(folder, emulator.cloudFile);
        line(name, `${(time / 1000).toFixed(1)} s`);
        console.log(`${' '.repeat(44)}${(requests / count).toFixed(1)} requests each, at most ${memory} MiB`);
      }
    });
  } finally {
    await emulator.close();
  }
}

/** Milliseconds, and the most memory that it had, in MiB. */
async function deploy(folder: string, cloudFile: string): Promise<{ time: number; memory: number }> {
  const tellMemory = "data:text/javascript,process.on('exit',()=>console.error('maxRSS',process.resourceUsage().maxRSS))";
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', tellMemory, bin, 'deploy', folder, '--yes', '--cloud-file', cloudFile], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`deploy ended with ${code}: ${said}`);
  return { time: performance.now() - start, memory: Math.round(Number(/maxRSS (\d+)/.exec(said)?.[1]) / 1024) };
}
