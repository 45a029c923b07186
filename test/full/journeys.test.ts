import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../folder.ts';
import { expectGolden } from '../golden.ts';
import { masked, Terminal } from '../terminal.ts';

test('the help is seen whole on a terminal of 80 columns and 24 rows', async () => {
  const folder = folderOf({});
  const { code, shown } = await new Terminal(folder).run('certflow --help');
  expect(code).toBe(0);
  expect(shown.split('\n').slice(1).length).toBeLessThanOrEqual(24);
  expect(shown).toContain('\nbegin  init');
  expect(masked(shown, folder)).toBe(shown);
});

/** The lines of the README's session, as somebody types them one after the other. */
function session(): string[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, lines = ''] = /^<!-- session -->\n```sh\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  return lines.trim().split('\n');
}

describe('the session of the README', () => {
  test('has twelve lines that fit on a terminal', () => {
    expect(session()).toHaveLength(12);
    expect(Math.max(...session().map((line) => line.length))).toBeLessThan(80);
  });

  test('works as it stands', async () => {
    const terminal = new Terminal(folderOf({}));
    for (const line of session()) {
      const { code, shown } = await terminal.run(line);
      expect([line, code, shown]).toEqual([line, 0, expect.any(String)]);
      if (line.endsWith('&')) await terminal.shows('In another terminal:');
      if (line.endsWith('--run')) expect(shown).toMatch(/Succeeded {2}Get_lists[\s\S]*ok {2}secrets: run history hides them/);
    }
  });
});

/** Types a line and keeps what is then seen; gives the commands that were printed to be run next, each whole. */
function journey(folder: string) {
  const terminal = new Terminal(folder);
  const seen: string[] = [];
  return {
    seen: () => `${masked(seen.join('\n\n'), folder)}\n`,
    run: async (...line: Parameters<Terminal['run']>) => {
      const { code, shown } = await terminal.run(...line);
      seen.push(code === 0 ? shown : `${shown}\n[exit code ${code}]`);
      return { code, next: terminal.printedCommands() };
    },
  };
}

const yes = (asked: string) => [{ asked, keys: 'y' }];

test('init, setup, deploy, runs: each command as the one before it has printed it', async () => {
  const folder = folderOf({});
  const azure = new Terminal(folder);
  const { run, seen } = journey(folder);
  const begun = await run('certflow init --yes');
  const made = await run(begun.next[0] ?? '');
  await azure.start('certflow emulator --for certflow.yaml --folder azure');
  await azure.shows(/certflow setup/);
  const [setup = ''] = azure.printedCommands();
  expect(made.next[0]).toBe('certflow setup');
  const ready = await run(setup, yes('Do that?'));
  const deployed = await run(ready.next[0] ?? '', yes('Deploy this?'));
  const ran = await run(deployed.next[0] ?? '');
  const listed = await run(ran.next[0] ?? '');
  expect([begun, made, ready, deployed, ran, listed].map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(listed.next).toEqual([]);
  await azure.interrupt();
  expectGolden('test/journeys/logic-app.txt', seen());
});

test('the same for Power Automate, to the zip and its page', async () => {
  const folder = folderOf({});
  const azure = new Terminal(folder);
  const { run, seen } = journey(folder);
  const begun = await run('certflow init --yes --target power-automate');
  const made = await run(begun.next[0] ?? '');
  await azure.start('certflow emulator --folder azure');
  await azure.shows(/certflow setup/);
  const [setup = ''] = azure.printedCommands();
  const ready = await run(setup, yes('Do that?'));
  const packed = await run(ready.next[0] ?? '');
  expect([begun, made, ready, packed].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  await azure.interrupt();
  expectGolden('test/journeys/power-automate.txt', seen());
});

const tenMistakes = `name: hr lists
trigger:
  recurrence: { frequency: day, interval: 1 }
appRegistration: { tenantId: contoso, clientId: 22222222-2222-2222-2222-222222222222 }
vualt: { name: kv-contoso-dev }
certificate: { name: sharepoint_cert }
requests:
  - { name: Get lists, method: FETCH, url: "http://contoso.sharepoint.com/_api/web/lists" }
  - { name: Get lists, method: GET, url: https://graph.microsoft.com/v1.0/users, audience: graph }
targets:
  consumption: { subscription: 33333333-3333-3333-3333-333333333333, resourceGroup: rg-flows, location: West Europe }
`;

test('a spec with ten mistakes is told of all of them, each with its place', async () => {
  const { run, seen } = journey(folderOf({ 'certflow.yaml': tenMistakes }));
  const { code } = await run('certflow check certflow.yaml');
  expect(code).not.toBe(0);
  expectGolden('test/journeys/ten-mistakes.txt', seen());
});
