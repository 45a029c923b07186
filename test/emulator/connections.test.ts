import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Recorded, startEmulator } from '../../src/emulator/index.ts';
import { send } from './request.ts';

test('an emulator ends while somebody is in the middle of a TLS handshake, at each of its services', async () => {
  const started = await startEmulator();
  const { authority, resourceManager, graph, vault } = started.profile;
  const services = [authority, resourceManager.endpoint, graph.endpoint, new URL(vault.endpoint).origin];
  const clients = services.map((address) => connect(Number(new URL(address).port), '127.0.0.1'));
  let hasGivenUp = false;
  // Long before the server itself gives a handshake up.
  const patience = setTimeout(() => {
    hasGivenUp = true;
    for (const client of clients) client.destroy();
  }, 60_000);
  onTestFinished(() => clearTimeout(patience));
  await Promise.all(clients.map((client) => once(client, 'connect')));
  for (const address of services) await send(started.profile, 'GET', `${address}/`);
  const ended = Promise.all(clients.map((client) => once(client, 'close')));
  for (const client of clients) client.on('error', () => {});
  await started.close();
  await ended;
  expect(hasGivenUp).toBe(false);
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
