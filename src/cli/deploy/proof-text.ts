import type { RunReport, TrialRun } from '../../deploy/run.ts';
import { type Line, line } from '../../diagnostics/line.ts';
import { cutValue } from '../../diagnostics/show.ts';
import { nameOf, type Proof } from '../../proofs/proof.ts';

const marks = { ok: 'ok ', wrong: 'NO ', 'cannot tell': '?  ', 'not looked at': '-  ' } as const;

/** What was looked at, a sentence on a line each, with what to do below; and how it is known, where that is asked for. */
export function proofText(proofs: readonly Proof[], { isHowShown = false } = {}): Line[] {
  return proofs.flatMap((proof) => {
    const { result, found, known, cure, command } = proof;
    return [
      `  ${marks[result]} ${nameOf(proof)}: ${result === 'not looked at' ? 'not looked at: ' : ''}${found}`,
      ...cureLines(isHowShown && result !== 'not looked at' ? `by: ${known}` : undefined, '       '),
      ...cureLines(cure, '       '),
      ...cureLines(command, '       '),
    ];
  });
}

/** A run with its actions, and the reasons of what failed. */
export function runText({ run, actions, cure }: RunReport, indent = '  '): Line[] {
  return [
    run.startTime === undefined
      ? line`${indent}run ${run.id}: ${run.status}`
      : line`${indent}run ${run.id}: ${run.status}, started ${run.startTime}`,
    ...actions.flatMap(({ name, status, causes }) => [
      line`${indent}  ${status.padEnd(9)}  ${name}`,
      // What is skipped says at length that something failed before it.
      ...(status === 'Skipped' ? [] : causeLines(causes, indent)),
    ]),
    ...(actions.some(({ causes }) => causes.length > 0) ? [] : causeLines(run.causes, indent)),
    ...cureLines(cure, `${indent}  `),
  ];
}

/** The same for a run that was to show that secrets stay hidden. */
export function trialText(trial: TrialRun): Line[] {
  const { shown } = trial;
  return [
    ...runText(trial),
    ...(shown.length === 0
      ? ['  ok  secrets: run history hides them']
      : [
          `  NO  secrets: run history shows ${shown.map(cutValue).join(' and ')}`,
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
