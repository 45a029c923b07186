import { join } from 'node:path';
import { emulator } from '../emulator/start.ts';
import { folderOf } from '../folder.ts';
import { wholeSpec } from '../setup/world.ts';
import { baseSpec } from '../specs.ts';
import { certflow } from './run.ts';

export const text = JSON.stringify({ ...baseSpec, ...wholeSpec }, null, 2);

/** A folder with a spec, and certflow in front of an emulator. */
export async function ground() {
  const loopback = await emulator();
  const folder = folderOf({ 'certflow.yaml': text, 'sub/other.certflow.yaml': text.replace('sharepoint-cert', 'other-cert') });
  const spec = join(folder, 'certflow.yaml');
  const azure = (...args: string[]) => certflow(...args, '--cloud-file', loopback.cloudFile);
  return { ...loopback, folder, spec, azure };
}
