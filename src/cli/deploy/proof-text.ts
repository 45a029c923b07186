import type { RunReport, TrialRun } from '../../deploy/run.ts';
import { type Line, line, type Part, painted, type Style } from '../../diagnostics/line.ts';
import { cutValue } from '../../diagnostics/show.ts';
import { nameOf, type Proof } from '../../proofs/proof.ts';
import { localTime, took } from '../times.ts';

const marks = {
  ok: painted('ok', 'ok '),
  wrong: painted('error', 'NO '),
  'cannot tell': painted('warning', '?  '),
  'not looked at': painted('faint', '-  '),
} as const;

/** What was looked at, a sentence on a line each, with what to do below; and how it is known, where that is asked for. */
export function proofText(proofs: readonly Proof[], { isHowShown = false } = {}): Line[] {
  return proofs.flatMap((proof) => {
    const { result, found, known, cure, command } = proof;
    return [
      ['  ', marks[result], ` ${nameOf(proof)}: ${result === 'not looked at' ? 'not looked at: ' : ''}${found}`],
      ...cureLines(isHowShown && result !== 'not looked at' ? `by: ${known}` : undefined, '       '),
      ...cureLines(cure, '       '),
      ...cureLines(command, '       '),
    ];
  });
}

const styles: Readonly<Record<string, Style>> = {
  Succeeded: 'ok',
  Failed: 'error',
  TimedOut: 'error',
  Cancelled: 'warning',
  Skipped: 'faint',
};

/** What became of a run or an action, in the service's word and with the colour of its meaning. */
export function withStatus(status: string, width = 0): Part {
  const style = Object.hasOwn(styles, status) ? styles[status] : undefined;
  return style === undefined ? { value: status.padEnd(width) } : painted(style, status.padEnd(width));
}

/** A run with its actions, and the reasons of what failed. */
export function runText({ run, actions, cure }: RunReport, indent = '  '): Line[] {
  return [
    [
      ...line`${indent}run ${run.id}: `,
      withStatus(run.status),
      ...(run.startTime === undefined ? [] : line`, started ${localTime(run.startTime)}`),
      ...durationOf(run, ', took '),
    ],
    ...actions.flatMap(({ name, status, causes, ...times }) => [
      [`${indent}  `, withStatus(status, 9), ...line`  ${name}`, ...durationOf(status === 'Skipped' ? {} : times, '  ')],
      // What is skipped says at length that something failed before it.
      ...(status === 'Skipped' ? [] : causeLines(causes, indent)),
    ]),
    ...(actions.some(({ causes }) => causes.length > 0) ? [] : causeLines(run.causes, indent)),
    ...cureLines(cure, `${indent}  `),
  ];
}

function durationOf(times: Parameters<typeof took>[0], before: string): Part[] {
  const found = took(times);
  return found === undefined ? [] : [painted('faint', `${before}${found}`)];
}

/** The same for a run that was to show that secrets stay hidden. */
export function trialText(trial: TrialRun): Line[] {
  const { shown } = trial;
  return [
    ...runText(trial),
    ...(shown.length === 0
      ? [['  ', marks.ok, ' secrets: run history hides them']]
      : [
          ['  ', marks.wrong, ` secrets: run history shows ${shown.map(cutValue).join(' and ')}`] satisfies Line,
          '       Have a new version of the certificate made, delete the run, and deploy again.',
        ]),
  ];
}

/** What to do, in words of ours: their line feeds are meant. */
function cureLines(cure: string | undefined, indent: string): Line[] {
  return cure === undefined ? [] : cure.split('\n').map((text) => indent + text);
}

/** A message is a sentence of the service, and not one value: it is shown whole. */
function causeLines(causes: RunReport['run']['causes'], indent: string): Line[] {
  return causes.map(({ code, message }) => `${indent}             ${[code, message].filter(Boolean).join(': ')}`);
}
