import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { folderOf } from '../folder.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const wrong = { definition: { triggers: { manual: { type: 'Request', kind: 'Htp' } }, actions: {} } };
const files = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => [
    `${index}.json`,
    index === 20 ? wrong : { definition: { triggers: {}, actions: {} } },
  ]),
);

/** What `check` writes, in order. Each file takes 40 ms. */
async function said(streams: { stderr: boolean; stdout?: boolean }, env = {}, ...more: string[]) {
  let text = '';
  const sink = (isTTY = false) => ({
    write: (written: string) => {
      text += written;
    },
    isTTY,
    columns: 80,
  });
  const now = Date.now();
  let asked = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now + 40 * asked++);
  const code = await main(['check', folderOf(files), ...more], {
    stdout: sink(streams.stdout),
    stderr: sink(streams.stderr),
    env,
  });
  vi.restoreAllMocks();
  return { code, text: text.replaceAll('\u001b[1A\u001b[J', '(up)') };
}

const progress = /workflows …|\(up\)/;
const withoutProgress = (text: string) => text.replaceAll(/\d+ files, \d+ workflows …\n\(up\)/g, '');

test('on a terminal check says how far it has come, and takes it away', async () => {
  const { code, text } = await said({ stderr: true, stdout: true });
  expect(code).toBe(1);
  const told = [...text.matchAll(/(\d+) files, \1 workflows …\n/g)].map(([, count]) => Number(count));
  expect(told.length).toBeGreaterThan(3);
  expect(told.length).toBeLessThan(20);
  expect(told).toEqual(told.toSorted((one, other) => one - other));
  // What stays: each line was taken away before anything else was written.
  const left = withoutProgress(text);
  expect(left).not.toMatch(progress);
  expect(left).toMatch(/operation-kind[\s\S]*30 files, 30 workflows: 1 error/);
});

test.each([
  ['where nobody looks', { stderr: false, stdout: true }, {}],
  ['on a terminal that cannot move', { stderr: true }, { TERM: 'dumb' }],
])('%s it says nothing', async (_, streams, env) => {
  expect((await said(streams, env)).text).not.toMatch(progress);
});

test('annotations and JSON do not run into the line', async () => {
  for (const format of ['github', 'json']) {
    const { text } = await said({ stderr: true, stdout: true }, { NO_COLOR: '1' }, '--format', format);
    expect(withoutProgress(text)).not.toMatch(progress);
  }
});
