import { type ErrorCode, errorCodes, errorCodesNamed } from '../cloud/error-codes.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/words.ts';
import { type CheckedRule, checkedRules } from './all-rules.ts';

/** The page of a rule, in Markdown. Findings about a spec and about reading have a page, and none of the rest. */
export interface ExplainedRule extends Partial<Omit<CheckedRule, 'name'>> {
  readonly name: string;
  readonly page: string;
}

/** Where a code that Azure answers with comes from, and what to do. */
export interface ExplainedCode {
  readonly code: string;
  readonly service: string;
  readonly cause: string;
  readonly cure: string;
  readonly docs: string;
  /** The same code of other services, where it means something else. */
  readonly others?: readonly ErrorCode[];
}

/** Tells what a rule or a code of Azure means, such as `get-secret-outputs` or `AADSTS700027`. Rejects with a UsageError for an unknown name. */
export async function explain(name: string): Promise<ExplainedRule | ExplainedCode> {
  // The texts are larger than all else that the library loads.
  const { rulePages } = await import('../generated/rule-pages.ts');
  const page = Object.hasOwn(rulePages, name) ? rulePages[name] : undefined;
  if (page !== undefined) return { name, ...checkedRules.find((rule) => rule.name === name), page };
  const [code, ...others] = errorCodesNamed(name);
  if (code) return { ...code, docs: 'docs/error-codes.md', ...(others.length > 0 && { others }) };
  throw unknownName(name, Object.keys(rulePages));
}

function unknownName(name: string, rules: readonly string[]): UsageError {
  const codes = errorCodes.map(({ code }) => code);
  const number = /^AADSTS(\d+)$/i.exec(name)?.[1];
  if (number !== undefined)
    return new UsageError(
      `there is no code "${name}" in the table. Microsoft explains it at https://login.microsoftonline.com/error?code=${number}`,
    );
  // Codes are told from rules by their capital letters; nearly two hundred names would help nobody.
  return /[A-Z]/.test(name)
    ? new UsageError(
        `there is no code "${name}" in the table: ${suggest(name, codes, 'known codes')}\nMicrosoft explains sign-in codes at https://login.microsoftonline.com/error.`,
      )
    : new UsageError(`there is no rule "${name}": ${suggest(name, rules, 'rules')}`);
}
