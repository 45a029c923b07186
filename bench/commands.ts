import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { chain, solutionFiles, unknownActions } from '../test/growth/kinds.ts';
import { bin, inFolder, line, processCase, root, sideBySide } from './measure.ts';

const definition = join(root, 'test/golden/definition/hr-lists/definition.json');
const spec = join(root, 'examples', 'sharepoint.certflow.yaml');

/** Each with how many times as long as bare Node it may take, by the design, and what is aimed at. */
const commands = (folder: string): readonly { args: readonly string[]; name?: string; aim: string }[] => [
  { args: ['--version'], aim: '1.3, 1.1' },
  { args: ['--help'], aim: '1.6, 1.4' },
  { args: ['check', definition], name: 'check (one file)', aim: '2.5, 1.8' },
  { args: ['generate', spec, '-e', 'dev', '-f', 'definition'], name: 'generate (one spec)', aim: '2.5, 2.2' },
  { args: ['generate', spec, '-e', 'dev', '-f', 'solution'], name: 'generate --format solution', aim: '3.5' },
  { args: ['check', join(folder, 'HrLists.zip')], name: 'check (a solution)', aim: '3' },
  { args: ['cert', 'inspect', 'bench.pfx'], aim: '4' },
];

/** Whole runs of the command line, in pairs with bare Node; the code that they have compiled is there from the first round, which does not count. */
export function startUp() {
  inFolder((folder) => {
    const run = (...args: string[]) => processCase('', [bin, ...args], folder).run();
    run('export', spec, '-e', 'dev');
    run('cert', 'create', '--subject', 'CN=bench', '--no-password', '--out', 'bench');
    const cases = commands(folder).map(({ args, name = args.join(' '), aim }) => ({
      ...processCase(`certflow ${name}`, [bin, ...args], folder),
      aim,
    }));
    const bare = processCase('node -e 0', ['-e', '0'], folder);
    const medians = sideBySide([bare, ...cases], 25);
    const floor = medians.get(bare.name) ?? 1;
    console.log('Start-up, beside bare Node');
    line(bare.name, `${floor.toFixed(1)} ms`, 1);
    for (const { name, aim } of cases) line(name, `${medians.get(name)?.toFixed(1)} ms`, (medians.get(name) ?? 0) / floor, aim);
  });
}

/** Runs that have much to do. */
export function largeInputs() {
  inFolder((folder) => {
    const json = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value, null, 1));
    json('findings.json', unknownActions(4000));
    json('chain.json', chain(500));
    writeFileSync(join(folder, 'flows.zip'), zipSync(Object.fromEntries(solutionFiles(1000))));
    const check = (name: string, file: string) => processCase(name, [bin, 'check', file, '--fail-on', 'never'], folder);
    const cases = [
      check('4,000 findings, as they are shown', 'findings.json'),
      check('a package of 1,000 flows', 'flows.zip'),
      check('a chain of 500 secrets', 'chain.json'),
    ];
    const medians = sideBySide(cases, 5);
    console.log('\nThe command line with much to do');
    for (const { name } of cases) line(name, `${medians.get(name)?.toFixed(0)} ms`);
  });
}
