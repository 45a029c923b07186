import { expect, test } from 'vitest';
import { findApplications, readApplication } from '../../src/azure/graph.ts';
import { replaceKeyCredentials } from '../../src/azure/key-credentials.ts';
import { untilSignedIn } from '../../src/azure/try-sign-in.ts';
import { createCertificate } from '../../src/certificate/index.ts';
import { thumbprintOf, thumbprintOfEntry } from '../../src/proofs/thumbprints.ts';
import { keyCredential } from '../../src/setup/key-credentials.ts';
import { finishOn } from '../../src/setup/rotate/finish.ts';
import { rotateOn } from '../../src/setup/rotate/rotate.ts';
import { setUp } from '../../src/setup/setup.ts';
import { anyCertificate } from '../certificate/tools.ts';
import { withMoments } from '../setup/moments.ts';
import { tenantId } from '../setup/world.ts';
import { numbered, pemOf, world } from './setup-world.ts';

const confirm = () => true;

test('at a hundred moments of a rotation and of its finish somebody adds a certificate: it stays, and the rotation holds', async () => {
  const { azure } = await world();
  const { clientId = '' } = await setUp(azure, numbered(0), { certificate: anyCertificate, confirm });
  const spec = numbered(0, clientId);
  const [found] = await findApplications(azure, { appId: clientId });
  if (!found) throw new Error('no registration');
  const read = async () => (await readApplication(azure, found.id)).keyCredentials;
  const foreign = keyCredential((await createCertificate({ subject: 'CN=foreign' })).certificate.raw, 'foreign');
  const turns = [anyCertificate, await createCertificate({ subject: 'CN=HR' })] as const;

  const seen = { rotation: 0, finish: 0, overwritten: 0 };
  for (let round = 0; round < 100; round++) {
    const certificate = turns[(round + 1) % 2] ?? anyCertificate;
    // Rotations first; when their moments are used up, those of the finish.
    const isInRotation = round < 60;
    let written = false;
    const add = async (now: number, phase: 'rotation' | 'finish') => {
      seen[phase] = Math.max(seen[phase], now);
      const wanted = isInRotation ? 'rotation' : 'finish';
      if (written || phase !== wanted || now !== (isInRotation ? round : round - 60)) return;
      written = true;
      await replaceKeyCredentials(azure, found, [...(await read()), foreign]);
    };
    const tell = ({ state }: { state: string }) => {
      if (state.includes('put back')) seen.overwritten++;
    };
    const options = { confirm, progress: tell };
    const rotating = withMoments(azure, (now) => add(now, 'rotation'));
    expect([round, (await rotateOn(rotating, spec, { ...options, certificate })).outcome]).toEqual([round, 'rotated']);
    const finishing = withMoments(azure, (now) => add(now, 'finish'));
    const { outcome } = await finishOn(finishing, spec, { ...options, overlapDays: 0 });
    expect([round, outcome]).toEqual([round, 'finished']);
    if (!written) await add(isInRotation ? round : round - 60, isInRotation ? 'rotation' : 'finish');
    const there = (await read()).map(thumbprintOfEntry);
    expect([round, there.sort()]).toEqual([
      round,
      [thumbprintOf(certificate.certificate.raw), thumbprintOfEntry(foreign)].sort(),
    ]);
    await untilSignedIn(azure, { tenantId, clientId, pem: pemOf(certificate) });
    await replaceKeyCredentials(
      azure,
      found,
      (await read()).filter(({ displayName }) => displayName !== 'foreign'),
    );
  }
  // The moments reach over the whole of both, and hit where the list was just read.
  expect(seen.rotation).toBeGreaterThan(50);
  expect(seen.overwritten).toBeGreaterThan(1);
});
