import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type Recorded, startEmulator } from '../../src/emulator/index.ts';
import { send } from './request.ts';

test('an emulator ends while somebody is in the middle of a TLS handshake, at each of its services', async () => {
  const started = await startEmulator();
  const { authority, resourceManager, graph, vault } = started.profile;
  const services = [authority, resourceManager.endpoint, graph.endpoint, new URL(vault.endpoint).origin];
  const clients = services.map((address) => connect(Number(new URL(address).port), '127.0.0.1'));
  await Promise.all(clients.map((client) => once(client, 'connect')));
  for (const address of services) await send(started.profile, 'GET', `${address}/`);
  for (const client of clients) client.on('error', () => {});
  let hasEnded = false;
  const end = started.close().then(() => {
    hasEnded = true;
  });
  // Turns of the event loop, of which a few are enough: the server itself gives a handshake up after minutes.
  for (let turn = 0; turn < 2000 && !hasEnded; turn++) await delay(1);
  expect(hasEnded).toBe(true);
  for (const client of clients) client.destroy();
  await end;
});

test('an emulator tells of each request that it has answered, and remembers none', async () => {
  const heard: Recorded[] = [];
  const started = await startEmulator({ onRequest: (one) => heard.push(one) });
  onTestFinished(() => started.close());
  const { endpoint } = started.profile.resourceManager;
  for (const name of ['a', 'b', 'c']) await send(started.profile, 'PUT', `${endpoint}/${name}`, name);
  expect(heard.map(({ service, method, url, body }) => [service, method, new URL(url).pathname, body])).toEqual([
    ['arm', 'PUT', '/a', 'a'],
    ['arm', 'PUT', '/b', 'b'],
    ['arm', 'PUT', '/c', 'c'],
  ]);
  expect(heard.map(({ answer }) => answer?.status)).toEqual([401, 401, 401]);
  expect(Object.keys(started)).not.toContain('requests');
});
