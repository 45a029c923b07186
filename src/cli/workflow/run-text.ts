import { type Line, type Painted, painted, type Style } from '../../diagnostics/line.ts';
import type { Status } from '../../engine/run/record.ts';
import type { OperationRun, Run } from '../../engine/run/result.ts';

/** Actions that are shown; a loop may have run more. */
const most = 500;

const styles: Readonly<Record<Status, Style>> = {
  Succeeded: 'ok',
  Failed: 'error',
  TimedOut: 'error',
  Cancelled: 'warning',
  Skipped: 'faint',
};

/** A run for a person, action by action, as run history would show it. */
export function runText(run: Run): Line[] {
  const { trigger, actions, response, status, error, notRun } = run;
  const shown = actions.slice(0, most);
  const width = Math.max(...[trigger, ...shown].map((one) => labelOf(one).length));
  const left = actions.length - shown.length;
  return [
    ...operationLines(trigger, width),
    ...shown.flatMap((action) => operationLines(action, width)),
    ...(left > 0 ? [`… and ${left} more actions (--json has all)`] : []),
    ...(response ? [`response ${response.status}`] : []),
    ['run ', painted(styles[status], status), error ? ` ${error.code}: ${error.message}` : ''],
    ...notRun.map((what): Line => [painted('warning', `certflow does not run ${what}`)]),
  ];
}

function operationLines(operation: OperationRun, width: number): Line[] {
  const { status, error, code, hidden, history } = operation;
  const words: (string | Painted)[] = [labelOf(operation).padEnd(width), '  ', painted(styles[status], status)];
  if (error && status !== 'Skipped') words.push(` ${code}: ${error.message}`);
  const lines: Line[] = [words];
  if (status === 'Skipped') return lines;
  const parts = (['inputs', 'outputs'] as const).flatMap((part): Line[] => {
    if (hidden.includes(part)) return [[painted('faint', `  ${part} hidden`)]];
    return part in history ? [[painted('faint', `  ${part} ${JSON.stringify(history[part])}`)]] : [];
  });
  return [...lines, ...parts];
}

/** The name, with the rounds of loops that it ran in: `For_each[2] Compose`. */
function labelOf({ name, iterations }: OperationRun): string {
  return [...iterations.map(({ loop, index }) => `${loop}[${index}]`), name].join(' ');
}
