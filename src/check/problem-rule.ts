import type { Category, Severity } from '../diagnostics/diagnostic.ts';
import type { ProblemCode } from '../expression/problem.ts';
import type { Rule } from './rule.ts';

/** A rule that tells one kind of what type inference finds in expressions. */
export function problemRule(name: ProblemCode, severity: Severity, summary: string): Rule {
  const category: Category = 'correctness';
  return {
    name,
    severity,
    category,
    summary,
    check: (subject, report) => {
      for (const { entry, problem } of subject.problems(name)) {
        const { message, help, start, end } = problem;
        report({ pointer: entry.pointer, part: { start, end }, message: lowerFirst(message), help: help && lowerFirst(help) });
      }
    },
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
