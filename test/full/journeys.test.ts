import { expect, test } from 'vitest';
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
