import type { RunReport, TrialRun } from '../../deploy/run.ts';
import { nameOf, type Proof } from '../../proofs/proof.ts';

const marks = { ok: 'ok ', wrong: 'NO ', 'cannot tell': '?  ', 'not looked at': '-  ' } as const;

/** What was looked at, a line each, with what to do below. */
export function proofText(proofs: readonly Proof[]): string {
  return proofs.flatMap(proofLines).join('\n');
}

function proofLines(proof: Proof): string[] {
  const { result, found, cure, command } = proof;
  const indented = [cure, command]
    .filter((line) => line !== undefined)
    .map((line) => `       ${line.replaceAll('\n', '\n       ')}`);
  return [`  ${marks[result]} ${nameOf(proof)}: ${result === 'not looked at' ? 'not looked at: ' : ''}${found}`, ...indented];
}

/** A run with its actions, and the reasons of what failed. */
export function runText({ run, actions, cure }: RunReport): string {
  return [
    `  run ${run.id}: ${run.status}${run.startTime === undefined ? '' : `, started ${run.startTime}`}`,
    ...actions.flatMap(({ name, status, causes }) => [
      `    ${status.padEnd(9)}  ${name}`,
      // What is skipped says at length that something failed before it.
      ...(status === 'Skipped' ? [] : causeLines(causes)),
    ]),
    ...(actions.some(({ causes }) => causes.length > 0) ? [] : causeLines(run.causes)),
    ...(cure === undefined ? [] : [`    ${cure}`]),
  ].join('\n');
}

/** The same for a run that was to show that secrets stay hidden. */
export function trialText(trial: TrialRun): string {
  const { shown } = trial;
  const secrecy =
    shown.length === 0
      ? '  ok  secrets: run history hides them'
      : `  NO  secrets: run history shows ${shown.join(' and ')}\n       Have a new version of the certificate made, delete the run, and deploy again.`;
  return `${runText(trial)}\n${secrecy}`;
}

function causeLines(causes: RunReport['run']['causes']): string[] {
  return causes.map(({ code, message }) => `               ${[code, message].filter(Boolean).join(': ')}`);
}
