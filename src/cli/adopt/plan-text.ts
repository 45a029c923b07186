import type { AdoptItem, AdoptPlan, Trouble } from '../../adopt/plan.ts';
import { type Line, line, painted, type Style } from '../../diagnostics/line.ts';

const words: Readonly<Record<Trouble, string>> = {
  dead: 'the service behind it has ended',
  weak: 'it rests on what can be copied',
  leaking: 'everyone who may read the workflow or its runs sees it',
};

const styles: Readonly<Record<Trouble, Style>> = { dead: 'error', weak: 'warning', leaking: 'error' };

/** A plan for a person: each sign-in with what becomes of it, and what is left to do. */
export function planText({ items, tasks }: AdoptPlan): Line[] {
  return [
    ...items.flatMap(itemLines),
    ...(tasks.length > 0 ? ['What is left to do by hand or with "certflow setup":'] : []),
    ...tasks.map((task): Line => ['  - ', { value: task }]),
  ];
}

function itemLines({ name, file, what, trouble, becomes, left }: AdoptItem): Line[] {
  const head = [painted(styles[trouble], becomes === undefined ? 'left   ' : 'adopted'), ...line`  ${file}: ${name}`];
  const why = line`  ${what}: ${words[trouble]}`;
  return [
    head,
    why,
    becomes === undefined ? line`  left as it is: ${left ?? ''}` : line`  becomes: ${becomesWords[becomes] ?? becomes}`,
  ];
}

const becomesWords: Readonly<Record<string, string>> = {
  certificate: 'a sign-in by certificate, read from the vault and hidden',
  'managed-identity': 'a sign-in as the managed identity of the workflow',
  hidden: 'the same, hidden from run history',
};
