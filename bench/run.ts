// `npm run bench`: the ratios of the design, measured side by side in one run, as medians. Nothing here passes or fails.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { bicepProgram } from '../test/bicep.ts';
import { kinds } from '../test/growth/kinds.ts';
import { largeInputs, startUp } from './commands.ts';
import { deployments } from './deployments.ts';
import { editor } from './editor.ts';
import { install } from './install.ts';
import { bin, collectGarbage, inFolder, line, median, processCase, root, sideBySide } from './measure.ts';

const { check, generate, parseSpec, runWorkflow } = (await import(
  join(root, 'dist', 'index.js')
)) as typeof import('../src/index.ts');

startUp();
largeInputs();
library();
await corpus();
engine();
await editor();
await growth();
besideBicep();
await deployments();
install();

/**
 * Each workflow is another spec, parsed (from a text, and from the value that it has), generated and checked; the floor is JSON.stringify of
 * the definitions that come out.
 */
function library() {
  console.log('\nLibrary: parse, generate, check; each workflow');
  const cases = [1, 100, 10_000].map((count) => ({ count, name: `${count} workflows`, specOf: specNumber }));
  const specs = Array.from({ length: 10_000 }, (_, index) => parse(specNumber(index)));
  for (const { count, name, specOf } of [
    ...cases,
    { count: 10_000, name: '10000 specs given as values', specOf: (index: number) => specs[index] },
  ]) {
    const rounds = count > 1000 ? 1 : 5;
    const times: number[] = [];
    const floors: number[] = [];
    let peak = 0;
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      let floor = 0;
      for (let index = 0; index < count; index++) {
        const definition = JSON.parse(String(generate(parseSpec(specOf(index)), { format: 'definition' })[0]?.contents));
        const before = performance.now();
        JSON.stringify(definition, null, 2);
        floor += performance.now() - before;
        if (index % 500 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
      }
      times.push((performance.now() - start - floor) / count);
      floors.push(floor / count);
    }
    const [time, floor] = [median(times), median(floors)];
    line(name, `${time.toFixed(3)} ms`, time / floor);
    console.log(`${' '.repeat(44)}JSON.stringify ${floor.toFixed(3)} ms, peak heap ${Math.round(peak / 2 ** 20)} MiB`);
  }
}

function specNumber(index: number): string {
  return `name: flow-${index}
trigger: { recurrence: { frequency: Hour, interval: 1 } }
appRegistration: { tenantId: contoso.com, clientId: 22222222-2222-2222-2222-222222222222 }
vault: kv-contoso-dev
certificate: { name: cert-${index} }
requests:
  - { name: Get lists, url: "https://contoso.sharepoint.com/sites/s${index}/_api/web/lists" }
targets:
  consumption: { subscription: 33333333-3333-3333-3333-333333333333, resourceGroup: rg-flows, location: westeurope }
`;
}

/** Every workflow of the corpus, opened and checked in one process, beside JSON.parse of the same texts. */
async function corpus() {
  const folder = resolve(root, process.env.CERTFLOW_SHARED ?? '../shared', 'corpus', 'workflows');
  console.log('\nThe corpus, in one process');
  if (!existsSync(folder))
    return console.log(`left out: there is no folder ${folder}; "Files that are not here" in CONTRIBUTING.md says what it holds`);
  const records = globSync('*.jsonl.gz', { cwd: folder }).flatMap((file) => {
    const lines = gunzipSync(readFileSync(join(folder, file)))
      .toString()
      .trim()
      .split('\n');
    return lines.map((text) => ({
      text,
      ...(JSON.parse(text) as { target: string; kind?: string; parameters?: Record<string, unknown>; armExpressions?: boolean }),
    }));
  });
  const texts = records.map(({ text }) => text);
  const hosts = {
    consumption: 'consumption',
    arm: 'consumption',
    standard: 'standard',
    'power-automate': 'power-automate',
  } as const;
  const [parse, checked, heap]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < 7; round++) {
    let start = performance.now();
    for (const text of texts) JSON.parse(text);
    parse.push(performance.now() - start);
    start = performance.now();
    for (const { text, target, kind, parameters, armExpressions } of records) {
      const { definition } = JSON.parse(text);
      check(definition, {
        host: hosts[target as keyof typeof hosts],
        ...(kind && { kind }),
        ...(parameters && { parameters }),
        ...(armExpressions && { armExpressions }),
      });
    }
    checked.push(performance.now() - start);
    collectGarbage();
    heap.push(process.memoryUsage().heapUsed);
  }
  const floor = median(parse);
  line('JSON.parse', `${floor.toFixed(0)} ms`, 1);
  line(`JSON.parse and check, ${texts.length} workflows`, `${median(checked).toFixed(0)} ms`, median(checked) / floor, '8');
  console.log(`${' '.repeat(44)}heap after each round, MiB: ${heap.map((bytes) => Math.round(bytes / 2 ** 20)).join(' ')}`);
}

/** Runs of the engine, beside plain JavaScript that makes the same values and keeps as much of each. */
function engine() {
  console.log('\nEngine: runWorkflow');
  const triggers = { manual: { type: 'Request', kind: 'Http' } };
  const after = (index: number) => (index === 0 ? {} : { [`Step${index - 1}`]: ['Succeeded'] });
  const chain = (count: number) => ({
    triggers,
    actions: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `Step${index}`,
        { type: 'Compose', inputs: index === 0 ? 1 : `@add(outputs('Step${index - 1}'), 1)`, runAfter: after(index) },
      ]),
    ),
  });
  const loop = (count: number) => ({
    triggers,
    actions: {
      Each: {
        type: 'Foreach',
        foreach: `@range(0, ${count})`,
        runAfter: {},
        actions: { Text: { type: 'Compose', inputs: "@concat('x', mul(item(), 2))" } },
      },
    },
  });
  const cases = [
    { name: '500 actions, most of it the check', definition: chain(500), count: 500, of: (index: number) => index },
    { name: 'a loop of 50,000', definition: loop(50_000), count: 50_000, of: (index: number) => `x${index * 2}` },
    { name: 'a loop of 100,000', definition: loop(100_000), count: 100_000, of: (index: number) => `x${index * 2}` },
  ];
  for (const { name, definition, count, of } of cases) {
    const medians = sideBySide(
      [
        { name: 'plain', run: () => timed(() => Array.from({ length: count }, (_, index) => plainRecord(index, of(index)))) },
        { name, run: () => timed(() => runWorkflow(definition)) },
      ],
      5,
    );
    const time = medians.get(name) ?? 0;
    line(name, `${time.toFixed(0)} ms`, time / (medians.get('plain') ?? 1), count > 500 ? '50' : undefined);
  }
}

function plainRecord(index: number, value: unknown) {
  const time = new Date(index).toISOString();
  return {
    name: 'Text',
    type: 'Compose',
    status: 'Succeeded',
    code: 'OK',
    startTime: time,
    endTime: time,
    inputs: value,
    outputs: value,
    history: { inputs: value, outputs: value },
    hidden: [],
    iterations: [{ loop: 'Each', index }],
  };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** How much longer twice as many take, of what a document can have many of. */
async function growth() {
  console.log('\nGrowth: milliseconds for so many, and how many times as long as for half of them');
  for (const { name, many, prepare } of kinds) {
    const [half, whole]: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round++)
      for (const [times, count] of [
        [half, many / 2],
        [whole, many],
      ] as const) {
        const run = prepare(count);
        collectGarbage();
        const start = performance.now();
        await run();
        times.push(performance.now() - start);
      }
    line(`${many} ${name}`, `${median(whole).toFixed(0)} ms`, median(whole) / median(half), '2');
  }
}

/** `certflow generate --format bicep` beside the compiler that turns the result into an ARM template, in pairs. */
function besideBicep() {
  console.log('\nBeside the Bicep compiler');
  const tool = bicepProgram({ task: { name: 'bench' }, skip: (reason) => reason });
  const spec = join(root, 'examples', 'sharepoint.certflow.yaml');
  inFolder((folder) => {
    const certflow = processCase('certflow generate --format bicep', [bin, 'generate', spec, '-e', 'dev', '-f', 'bicep'], folder);
    certflow.run();
    const made = join(folder, 'out', 'hr-lists', 'dev', 'bicep', 'main.bicep');
    const build = processCase('bicep build of the result', ['build', made, '--stdout'], folder, tool);
    const medians = sideBySide([certflow, build], 9);
    const own = medians.get(certflow.name) ?? 1;
    for (const [name, time] of medians) line(name, `${time.toFixed(1)} ms`, time / own);
  });
}
