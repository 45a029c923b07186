import type { Severity } from '../diagnostics/diagnostic.ts';
import type { Problem, ProblemCode } from '../expression/problem.ts';
import { partIn } from './part-in.ts';
import type { Rule } from './rule.ts';
import { isSecretPlace } from './secrecy.ts';
import { lowerFirst } from './words.ts';

/** A rule that tells one kind of what type inference finds in expressions. */
export function problemRule(name: ProblemCode, severity: Severity, summary: string): Rule {
  return {
    name,
    severity,
    category: 'correctness',
    summary,
    check: (subject, report) => {
      for (const { entry, problem } of subject.problems(name)) {
        const { help, about } = problem;
        const place = { pointer: entry.pointer, part: partIn(entry, problem) };
        // Names by which a value is picked are no secrets; of all else that stands in a sign-in nothing is told.
        if (isSecretPlace(entry.pointer) && !isNameOfKnown(name, about))
          report({ ...place, message: `the expression has a mistake: ${inWords[name]}` });
        else report({ ...place, message: lowerFirst(problem.message), help: help && lowerFirst(help), about });
      }
    },
  };
}

/** What a problem is, without a word of the expression. */
const inWords: Readonly<Record<ProblemCode, string>> = {
  'unknown-function': 'it calls a function that does not exist',
  'argument-count': 'a function gets too few or too many arguments',
  'argument-type': 'an argument is of a type that its function never takes',
  'unknown-property': 'the value has no such property',
  'wrong-access': 'nothing can be picked from the value this way',
  'constant-condition': 'a condition never changes',
};

/** A property of what an action gives, which a literal key names and the names of the others stand beside. */
function isNameOfKnown(name: ProblemCode, about: Problem['about']): boolean {
  return name === 'unknown-property' && /^[A-Za-z/]{1,40}$/.test(about?.found ?? '') && (about?.allowed ?? []).length > 0;
}
