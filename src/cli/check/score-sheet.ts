import type { Examination } from '../../check/check.ts';
import { type Score, score } from '../../check/score.ts';
import type { SuppressedDiagnostic } from '../../check/suppressions.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { hideSecretForms } from '../../diagnostics/secret-forms.ts';
import { quote } from '../../diagnostics/words.ts';
import type { OpenedDocument } from '../../formats/reading/opened-document.ts';

/** A line of the score sheet: one workflow. */
interface ScoredWorkflow extends Score {
  readonly name: string;
  readonly file: string;
  readonly host: string;
  /** `refused` where a finding says that Azure refuses it, `leaks` where one tells of a security weakness, `fails` where a run will fail. */
  readonly verdict: 'fine' | 'leaks' | 'fails' | 'refused';
  readonly findings: readonly { readonly rule: string; readonly count: number; readonly category: string }[];
  readonly suppressed: number;
  /** Findings about secrets that are suppressed, by rule, each with its reason. */
  readonly ignored: readonly { readonly rule: string; readonly reason: string }[];
}

/** What `certflow check --summary` gives. */
export class ScoreSheet {
  readonly workflows: ScoredWorkflow[] = [];

  add({ definitions }: OpenedDocument, { diagnostics, suppressed }: Examination) {
    for (const { definition, ...context } of definitions) {
      const isOfIt = ({ file, pointer }: Diagnostic) =>
        file === context.file && (pointer === context.pointer || pointer.startsWith(`${context.pointer}/`));
      const own = diagnostics.filter(isOfIt);
      const hidden = suppressed.filter(({ diagnostic }) => isOfIt(diagnostic));
      const scored: ScoredWorkflow = {
        name: context.name ?? context.file.replace(/^.*[\\/!]/, ''),
        file: context.file,
        host: context.host ?? 'unknown',
        verdict: verdictOf(own),
        findings: countByRule(own),
        suppressed: hidden.length,
        ignored: ignoredSecrets(hidden),
        ...score(definition, context),
      };
      // Names are what files say, and anything may stand in those.
      const withoutSecrets = (_: string, value: unknown) => (typeof value === 'string' ? hideSecretForms(value) : value);
      this.workflows.push(JSON.parse(JSON.stringify(scored, withoutSecrets)));
    }
  }

  /** Which workflows use a certificate or a secret, and which an audience. */
  toJson() {
    const { workflows } = this;
    return {
      workflows,
      certificates: inventory(workflows, ({ secrets }) => secrets.map(({ secret }) => secret)),
      audiences: inventory(workflows, ({ calls }) => calls.flatMap(({ audience }) => audience ?? [])),
    };
  }

  toMarkdown(): string {
    const { workflows, certificates, audiences } = this.toJson();
    const rows = workflows.map((workflow) => {
      const { name, file, host, verdict, secrets, calls, findings, suppressed, ignored } = workflow;
      const leaks = findings.map(({ rule, count }) => (count === 1 ? rule : `${rule} × ${count}`));
      leaks.push(...ignored.map(({ rule, reason }) => `${rule} ignored: ${quote(reason)}`));
      if (suppressed > 0) leaks.push(`(${suppressed} suppressed)`);
      return [name, file, host, verdict, holds(secrets, calls), leaks.join(', ') || '–'];
    });
    const count = (wanted: ScoredWorkflow['verdict']) => workflows.filter(({ verdict }) => verdict === wanted).length;
    const parts = [
      '# Score sheet',
      `${workflows.length} workflow${workflows.length === 1 ? '' : 's'}: ${count('fine')} fine, ${count('leaks')} leak, ${count('fails')} fail at run time, ${count('refused')} refused by Azure.`,
      table(['Workflow', 'File', 'Host', 'Verdict', 'What holds', 'What does not'], rows),
      ...listing('Secrets and certificates in use', 'Name in the vault', certificates),
      ...listing('Audiences in use', 'Audience', audiences),
    ];
    return parts.join('\n\n');
  }
}

function verdictOf(diagnostics: readonly Diagnostic[]): ScoredWorkflow['verdict'] {
  const grave = diagnostics.filter(({ severity }) => severity !== 'info');
  if (grave.some(({ severity }) => severity === 'error')) return 'refused';
  if (grave.some(({ category }) => category === 'security')) return 'leaks';
  return grave.some(({ category }) => category === 'correctness') ? 'fails' : 'fine';
}

function countByRule(diagnostics: readonly Diagnostic[]): ScoredWorkflow['findings'] {
  const byRule = new Map<string, { rule: string; count: number; category: string }>();
  for (const { rule, category } of diagnostics) byRule.set(rule, { rule, category, count: (byRule.get(rule)?.count ?? 0) + 1 });
  return [...byRule.values()];
}

function ignoredSecrets(suppressed: readonly SuppressedDiagnostic[]): ScoredWorkflow['ignored'] {
  const grave = suppressed.filter(({ diagnostic }) => diagnostic.category === 'security');
  const told = new Map(grave.map(({ diagnostic: { rule }, reason }) => [`${rule} ${reason}`, { rule, reason }]));
  return [...told.values()];
}

function inventory(workflows: readonly ScoredWorkflow[], namesIn: (workflow: ScoredWorkflow) => string[]) {
  const uses = new Map<string, Set<string>>();
  for (const workflow of workflows)
    for (const name of namesIn(workflow))
      uses.set(name, (uses.get(name) ?? new Set()).add(`${workflow.name} (${workflow.file})`));
  return [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, workflows]) => ({ name, workflows: [...workflows] }));
}

function holds(secrets: Score['secrets'], calls: Score['calls']): string {
  const of = (part: number, all: number) => (part === all ? `${all}` : `${part} of ${all}`);
  const hidden = secrets.filter(({ areOutputsHidden }) => areOutputsHidden).length;
  const signedIn = calls.filter(({ signIn }) => signIn === 'certificate' || signIn === 'managed identity');
  const own = calls.filter(({ areInputsHidden }) => areInputsHidden !== undefined);
  const quiet = own.filter(({ areInputsHidden }) => areInputsHidden).length;
  const parts = [
    ...(secrets.length > 0 ? [`${of(hidden, secrets.length)} secret reads hidden`] : []),
    ...(calls.length > 0 ? [`${of(signedIn.length, calls.length)} calls sign in with a certificate or managed identity`] : []),
    ...(own.length > 0 ? [`${of(quiet, own.length)} calls hide their inputs`] : []),
  ];
  return parts.join('; ') || 'no secrets, no sign-ins';
}

function listing(title: string, head: string, entries: readonly { name: string; workflows: readonly string[] }[]): string[] {
  if (entries.length === 0) return [];
  return [
    `## ${title}`,
    table(
      [head, 'Workflows'],
      entries.map(({ name, workflows }) => [name, workflows.join(', ')]),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Names from files must not break out of their cell, nor become links or HTML. */
function cell(text: string): string {
  return text
    .slice(0, 300)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\|<>[\]*`]/g, '\\$&');
}
