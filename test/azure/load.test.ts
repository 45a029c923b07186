import { expect, test } from 'vitest';
import { loaded } from '../../src/azure/load.ts';

/** As Node says it. */
function notFound(name: string): Error {
  return Object.assign(new Error(`Cannot find package '${name}' imported from /app/node_modules/certflow/dist/chunks/x.js`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

test('a package of Microsoft that was left out is named, and how to get it', async () => {
  for (const name of ['@azure/identity', '@azure/arm-keyvault'])
    await expect(loaded(() => Promise.reject(notFound(name)))).rejects.toMatchObject({
      name: 'RefusedError',
      message: expect.stringMatching(new RegExp(`^${name} is not installed.*npm install --include=optional`)),
    });
});

test('whatever else fails is told as it is', async () => {
  const other = notFound('./chunk.js');
  await expect(loaded(() => Promise.reject(other))).rejects.toBe(other);
  const without = new Error("'@azure/identity' is at fault");
  await expect(loaded(() => Promise.reject(without))).rejects.toBe(without);
  expect(await loaded(async () => ({ there: true }))).toEqual({ there: true });
});
