import { UsageError } from '../diagnostics/errors.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Trouble } from '../troubles/trouble.ts';
import { type CheckedRule, checkedRules } from './all-rules.ts';

/** The page of a rule, in Markdown. Findings about a spec and about reading have a page, and none of the rest. */
export interface ExplainedRule extends Partial<Omit<CheckedRule, 'name'>> {
  readonly name: string;
  readonly page: string;
}

/** Where something that a service answers with comes from, and what to do. */
export interface ExplainedCode {
  /** The code; of a message without one, words of it. */
  readonly code: string;
  readonly service: string;
  /** A sentence. */
  readonly cause: string;
  /** A sentence in the imperative. */
  readonly cure: string;
  /** The address of a public page or thread about it. */
  readonly source: string;
  readonly docs: string;
  /** What else it may be: the same code of other services, or further codes of the message. */
  readonly others?: readonly Omit<ExplainedCode, 'docs' | 'others'>[];
}

/**
 * Tells what a rule, such as `get-secret-outputs`, or something that a service answered with means: a code (`AADSTS700027`, `700027`,
 * `0x80048060`), or a message as it was copied. Rejects with a UsageError for what is neither: no code is guessed.
 */
export async function explain(text: string): Promise<ExplainedRule | ExplainedCode> {
  const asked = text.trim();
  // The texts are larger than all else that the library loads.
  const { rulePages } = await import('../generated/rule-pages.ts');
  const page = Object.hasOwn(rulePages, asked) ? rulePages[asked] : undefined;
  if (page !== undefined) return { name: asked, ...checkedRules.find((rule) => rule.name === asked), page };
  const { troublesIn, troublesOfCode } = await import('../troubles/find.ts');
  const named = troublesOfCode(asked);
  const [first, ...others] = (named.length > 0 ? named : troublesIn(asked)).map(explained);
  if (first) return { ...first, docs: 'docs/error-codes.md', ...(others.length > 0 && { others }) };
  const { troubles } = await import('../troubles/troubles.ts');
  throw unknown(asked, Object.keys(rulePages), troubles);
}

function explained({ code, service, cause, cure, source }: Trouble) {
  return { code, service, cause, cure, source };
}

/** Who writes codes of this form, and where that explains them. */
const forms: readonly (readonly [form: RegExp, told: (code: string) => string])[] = [
  [
    /^(?:AADSTS)?(\d{4,})$|\bAADSTS(\d+)/i,
    (number) =>
      `Entra ID has no code AADSTS${number} that certflow knows: Microsoft explains it at https://login.microsoftonline.com/error?code=${number}`,
  ],
  [
    /\b(0x8[0-9a-f]{7})\b/i,
    (code) =>
      `${code} is a code of Windows or Dataverse that certflow does not know: Microsoft lists them at https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes`,
  ],
  [
    /\b(AKV\d+)\b/,
    (code) =>
      `${code} is a code of Key Vault that certflow does not know: Microsoft explains them at https://learn.microsoft.com/azure/key-vault/general/rest-error-codes`,
  ],
];

/** The rule that was probably meant; there are too many to name them all. */
function nearRule(asked: string, rules: readonly string[]): string {
  const near = nearest(asked, rules);
  return near === undefined ? '. "certflow rules" lists all rules' : `: did you mean "${near}"?`;
}

function unknown(asked: string, rules: readonly string[], troubles: readonly Trouble[]): UsageError {
  for (const [form, told] of forms) {
    const found = form.exec(asked)?.slice(1).find(Boolean);
    if (found !== undefined) return new UsageError(told(found));
  }
  // Rules are written in small letters, with hyphens.
  if (/^[a-z]+(-[a-z]+)*$/.test(asked)) return new UsageError(`there is no rule "${asked}"${nearRule(asked, rules)}`);
  // A name is mistyped; a number is copied.
  const names = troubles.flatMap(({ code }) => (/^[A-Za-z_]+$/.test(code) ? [code] : []));
  const near = /^[A-Za-z_]+$/.test(asked) ? nearest(asked, names) : undefined;
  if (near !== undefined) return new UsageError(`there is no code "${asked}" in the table: did you mean "${near}"?`);
  return new UsageError(
    'nothing in this is known to certflow, which has codes and messages of Entra ID, Key Vault, Microsoft Graph, SharePoint, Resource Manager, Logic Apps, Power Automate, App Service, Windows and OpenSSL (docs/error-codes.md). A message is best given whole, between quotes.',
  );
}
