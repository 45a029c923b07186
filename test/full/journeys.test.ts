import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderOf } from '../folder.ts';
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
