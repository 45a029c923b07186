import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { createApplication, readApplication } from '../../src/azure/graph.ts';
import { replaceKeyCredentials } from '../../src/azure/key-credentials.ts';
import { createCertificate } from '../../src/certificate/index.ts';
import { changeKeyCredentials, keyCredential } from '../../src/setup/key-credentials.ts';
import { emulator } from '../emulator/start.ts';
import { withMoments } from './moments.ts';

type Entry = ReturnType<typeof keyCredential>;

let first: Entry;
let second: Entry;
let others: Entry;
beforeAll(async () => {
  const made = await Promise.all(['first', 'second', 'others'].map((name) => createCertificate({ subject: `CN=${name}` })));
  const [a, b, c] = made.map(({ certificate }, index) => keyCredential(certificate.raw, `entry ${index}`));
  if (!a || !b || !c) throw new Error('no certificates');
  [first, second, others] = [a, b, c];
});

async function registration() {
  const { profile, requests } = await emulator();
  const azure = connect(profile, { application: 'certflow-test' });
  const application = await createApplication(azure, { displayName: 'HR', uniqueName: 'hr' });
  const read = async () => (await readApplication(azure, application.id)).keyCredentials;
  return {
    azure,
    application,
    requests,
    read,
    names: async () => (await read()).map(({ displayName }) => displayName).sort(),
    /** As somebody does who knows nothing of us: reads the list, and writes it with one more. */
    addAnother: async () => void (await replaceKeyCredentials(azure, application, [...(await read()), others])),
  };
}

test('an entry that somebody adds at any moment of a change stays, and so does the change', async () => {
  const { azure, application, read, names, addAnother } = await registration();
  const putBack: number[] = [];
  for (let moment = 0; moment < 8; moment++) {
    await replaceKeyCredentials(azure, application, [first]);
    const remove = await read();
    const watched = withMoments(azure, async (now) => (now === moment ? addAnother() : undefined));
    const changed = await changeKeyCredentials(watched, application, { add: [second], remove });
    if (moment > 5) await addAnother();
    expect([moment, await names()]).toEqual([moment, ['entry 1', 'entry 2']]);
    if (changed.putBack.length > 0) putBack.push(moment);
  }
  // Those between our reading and our writing were overwritten for a moment.
  expect(putBack).toEqual([1, 2]);
});

test('who writes the list from an old reading takes nothing of ours away', async () => {
  const { azure, application, read, names } = await registration();
  let old = await read();
  const watched = withMoments(azure, async (now) => {
    if (now === 1) old = await read();
    if (now === 3) await replaceKeyCredentials(azure, application, [...old, others]);
  });
  expect(await changeKeyCredentials(watched, application, { add: [first] })).toMatchObject({ isChanged: true });
  expect(await names()).toEqual(['entry 0', 'entry 2']);
});

test('against somebody who never stops it gives up, and says what to do', async () => {
  const { azure, application, requests } = await registration();
  const watched = withMoments(azure, async (now) => {
    if (now % 4 === 3) await replaceKeyCredentials(azure, application, []);
  });
  await expect(changeKeyCredentials(watched, application, { add: [first] })).rejects.toThrow(
    /certificates of the app registration "HR".*\n.*Run the same command again/,
  );
  expect(requests().filter(({ url }) => url.includes('batch')).length).toBe(24);
});

test('a refusal inside the batch is told as one, with the right that is missing', async () => {
  const { profile } = await emulator({ graphRoles: [] });
  const azure = connect(profile, { application: 'certflow-test' });
  await expect(replaceKeyCredentials(azure, { id: 'x', displayName: 'HR' }, [])).rejects.toThrow(
    /^Changing the certificates of the app registration "HR" was refused \(403\): Insufficient.*\nIt takes to be an owner/,
  );
});

test('one for what is not there says so, as the replicas of Entra do for a while', async () => {
  const { azure } = await registration();
  const id = '00000000-0000-4000-8000-000000000000';
  await expect(replaceKeyCredentials(azure, { id, displayName: 'HR' }, [])).rejects.toMatchObject({ status: 404 });
});

test('there is one way to change certificates of an app registration', () => {
  const source = fileURLToPath(new URL('../../src/', import.meta.url));
  const calling = globSync('**/*.ts', { cwd: source })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('emulator/') && readFileSync(source + file, 'utf8').includes('replaceKeyCredentials('))
    .sort();
  expect(calling).toEqual(['azure/key-credentials.ts', 'setup/key-credentials.ts']);
});
