import { rules } from '../check/rules/index.ts';
import { packageRules } from '../formats/reading/package-rules.ts';

export type CheckedRule = (typeof checkedRules)[number];

/** What `certflow check` looks at: rules about workflows, and about the packages around them. */
export const checkedRules = [...rules, ...packageRules].map(({ name, severity, category, summary }) => ({
  name,
  severity,
  category,
  summary,
  docs: `docs/rules/${name}.md`,
}));
