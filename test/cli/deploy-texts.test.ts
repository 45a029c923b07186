import { expect, test } from 'vitest';
import { planText } from '../../src/cli/deploy/plan-text.ts';
import { proofText, runText, trialText } from '../../src/cli/deploy/proof-text.ts';
import { itemLines, planLines } from '../../src/cli/setup/lines.ts';
import type { Plan } from '../../src/deploy/plan.ts';
import { portalAddress } from '../../src/deploy/targets/portal.ts';
import { targetOf } from '../../src/deploy/targets/target-of.ts';
import { show } from '../../src/diagnostics/show.ts';
import { specOf } from '../specs.ts';

/** What a service might call a thing: lines of their own, a command, and more than is shown of a value. */
const hostile = `x\n::add-mask::y\n${'and so on '.repeat(50)}`;
const shown = `${hostile.slice(0, 200).replaceAll('\n', '\\n')}…`;

test('names in a plan stay on their line, and are cut', () => {
  const target = targetOf(specOf({}), undefined);
  const plan: Plan = {
    target,
    groupExists: true,
    changes: [
      {
        action: 'change',
        what: 'Logic App',
        name: hostile,
        properties: [{ path: hostile, before: hostile, after: 'b', isHidden: false }],
      },
    ],
    source: 'azure',
    rights: [
      { subscription: 's', resourceGroup: hostile, action: 'read', held: 'no' },
      { subscription: 's', resourceGroup: 'rg', action: 'write', held: 'cannot tell' },
      { subscription: 's', resourceGroup: 'rg', action: 'look', held: 'yes' },
    ],
    access: { state: 'held', by: hostile },
    isUnderWay: false,
  };
  const lines = show(planText(plan)).split('\n');
  expect(lines).toContain(`  ~ Logic App ${shown}  will be changed`);
  expect(lines).toContain(`  = access to the key vault kv-contoso-dev  held (${shown})`);
  expect(lines.some((line) => line.startsWith(`      ${shown}: "x\\n`))).toBe(true);
  expect(lines.slice(-2)).toEqual([`  ! you lack in ${shown}  read`, '  ? could not be checked in rg  write']);
  const held = planText({ ...plan, rights: plan.rights.map((right) => ({ ...right, held: 'yes' as const })) });
  expect(show(held).split('\n').at(-1)).toBe(`  = your rights in ${shown} and rg  held`);
});

test('names in proofs and runs too; a cure has lines of its own', () => {
  const run = { id: hostile, status: hostile, trigger: 't', causes: [] };
  const actions = [
    { name: hostile, status: 'Failed', causes: [{ code: 'c', message: 'm\n::x' }], showsInputs: false, showsOutputs: false },
  ];
  const report = { run, actions, cure: 'Do this.\nThen that.' };
  expect(show(runText(report, '')).split('\n')).toEqual([
    `run ${shown}: ${shown}`,
    `  Failed     ${shown}`,
    '             c: m\\n::x',
    '  Do this.',
    '  Then that.',
  ]);
  expect(show(trialText({ run, actions: [], shown: [hostile] })).split('\n')[1]).toBe(
    `  NO  secrets: run history shows ${shown}`,
  );
  const proofs = [{ link: 'app', known: '', result: 'wrong', found: 'there is "a\nb"', cure: 'Mend it.' }] as const;
  expect(show(proofText(proofs))).toBe('  NO  app: there is "a\\nb"\n       Mend it.');
});

test('names in what setup does too; a cause and its cure have lines of their own', () => {
  const item = { part: 'vault', name: hostile, detail: 'a cause\na cure' } as const;
  expect(show(planLines([{ ...item, state: 'blocked' }]))).toBe(`blocked  ${shown}: a cause\n  a cure`);
  expect(show(itemLines({ ...item, outcome: 'failed' }))).toBe(`failed          ${shown}: a cause\n  a cure`);
});

test('times of a run are those of the machine, and durations are said', () => {
  const started = '2026-11-30T10:00:00.0000000Z';
  const run = { id: 'r1', status: 'Succeeded', trigger: 't', causes: [], startTime: started, endTime: '2026-11-30T10:01:12Z' };
  const action = { causes: [], showsInputs: false, showsOutputs: false, startTime: started, endTime: '2026-11-30T10:00:00.31Z' };
  const actions = [
    { ...action, name: 'Get_lists', status: 'Succeeded' },
    { ...action, name: 'Later', status: 'Skipped' },
  ];
  expect(show(runText({ run, actions })).split('\n')).toEqual([
    `  run r1: Succeeded, started ${new Date(started).toLocaleString('sv-SE')}, took 1 min 12 s`,
    '    Succeeded  Get_lists  0.3 s',
    '    Skipped    Later',
  ]);
});

test('the portal shows what was deployed, in its cloud', () => {
  const target = targetOf(specOf({}), undefined);
  const inChina = { ...target, environment: { ...target.environment, cloud: 'china' } } as const;
  const id =
    '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-flows-dev/providers/Microsoft.Logic/workflows/hr-lists';
  expect(portalAddress(target)).toBe(`https://portal.azure.com/#resource${id}`);
  expect(portalAddress(inChina)).toBe(`https://portal.azure.cn/#resource${id}`);
});
