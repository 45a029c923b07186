import { expect, test } from 'vitest';
import { connect } from '../../src/azure/azure.ts';
import { listRoleAssignments } from '../../src/azure/role-assignments.ts';
import { whoIsSignedIn } from '../../src/azure/signed-in.ts';
import { certificatesOfficer } from '../../src/cloud/roles.ts';
import { setup } from '../../src/index.ts';
import { emulator } from '../emulator/start.ts';
import { specOf } from '../specs.ts';
import { subscription, wholeSpec } from './world.ts';

test('Ctrl-C in the middle of the import: the right is taken back, and the next run completes', async () => {
  const { profile, setReplicationDelay } = await emulator();
  const stop = new AbortController();
  // The new role counts for nothing yet, so that setting up waits for it.
  setReplicationDelay(3_600_000);
  const spec = specOf(wholeSpec);
  const run = setup(spec, {
    cloud: profile,
    only: ['vault'],
    confirm: () => true,
    signal: stop.signal,
    progress: ({ about, state }) => {
      if (about.startsWith('your right') && state.startsWith('given')) setTimeout(() => stop.abort(), 50);
    },
  });
  await expect(run).rejects.toMatchObject({ name: 'AzureError', kind: 'stopped' });
  const azure = connect(profile, { application: 'certflow-test' });
  const vault = `/subscriptions/${subscription}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-contoso-dev`;
  const { objectId } = await whoIsSignedIn(azure);
  const roles = (await listRoleAssignments(azure, vault, objectId)).map(({ roleId }) => roleId);
  expect(roles).not.toContain(certificatesOfficer.id);
  setReplicationDelay(0);
  expect(await setup(spec, { cloud: profile, only: ['vault'], confirm: () => true })).toMatchObject({ outcome: 'set up' });
});
