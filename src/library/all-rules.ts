import { rules } from '../check/rules/index.ts';
import type { Category, Severity } from '../diagnostics/diagnostic.ts';
import { packageRules } from '../formats/reading/package-rules.ts';

export interface CheckedRule {
  readonly name: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly summary: string;
  /** Its page, from the root of the repository. */
  readonly docs: string;
}

/** What `certflow check` looks at: rules about workflows, and about the packages around them. */
export const checkedRules: readonly CheckedRule[] = [...rules, ...packageRules].map(({ name, severity, category, summary }) => ({
  name,
  severity,
  category,
  summary,
  docs: `docs/rules/${name}.md`,
}));
