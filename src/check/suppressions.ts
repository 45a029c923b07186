import { ignoreKey } from '../definition/definition.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { aboutWord, quote } from '../diagnostics/words.ts';
import { isObject } from '../json/json.ts';
import { member } from '../json/member.ts';
import { pointerStep } from '../json/pointer.ts';
import type { Finding, Report } from './rule.ts';
import type { Subject } from './subject.ts';

/** A finding that is not reported, and why. */
export interface SuppressedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly reason: string;
  /** Where that is said: in the definition, in certflow.check.yaml, or in the baseline. */
  readonly by: 'definition' | 'configuration' | 'baseline';
}

/** What a definition says itself about findings not to report. */
export interface Suppression {
  readonly rule: string;
  /** Undefined where none is given: then it does not count. */
  readonly reason: string | undefined;
  /** Pointer of the operation; empty for the whole definition. */
  readonly scope: string;
  /** Where it is written. */
  readonly pointer: string;
}

/** The suppressions in the metadata of a definition and of its operations. */
export function listSuppressions({ definition, operations }: Subject): Suppression[] {
  const found: Suppression[] = [];
  const look = (node: Readonly<Record<string, unknown>>, scope: string) => {
    if (node.metadata === undefined) return;
    const written = member(node, 'metadata', ignoreKey);
    for (const [rule, reason] of Object.entries(isObject(written) ? written : {}))
      found.push({
        rule,
        reason: typeof reason === 'string' && reason.trim() !== '' ? reason : undefined,
        scope,
        pointer: `${scope}/metadata/${ignoreKey}${pointerStep(rule)}`,
      });
  };
  look(definition, '');
  for (const { node, pointer } of operations) look(node, pointer);
  return found;
}

/** Suppressions as a finding looks for its own. */
export class Suppressions {
  readonly all: readonly Suppression[];
  readonly #byRule = new Map<string, Map<string, Suppression>>();

  constructor(all: readonly Suppression[]) {
    this.all = all;
    for (const suppression of all) {
      if (suppression.reason === undefined) continue;
      const byScope = this.#byRule.get(suppression.rule) ?? new Map<string, Suppression>();
      this.#byRule.set(suppression.rule, byScope.set(suppression.scope, suppression));
    }
  }

  /** The one that hides a finding: the innermost that names its rule. What stands outside the definition, only one for all of it. */
  of(rule: string, finding: Finding): Suppression | undefined {
    const byScope = this.#byRule.get(rule);
    if (!byScope) return undefined;
    for (let here = finding.in === undefined ? finding.pointer : ''; here !== ''; here = here.slice(0, here.lastIndexOf('/'))) {
      const found = byScope.get(here);
      if (found) return found;
    }
    return byScope.get('');
  }
}

/** Says which suppressions do nothing. */
export function reportIdle(
  suppressions: readonly Suppression[],
  used: ReadonlySet<Suppression>,
  ruleNames: readonly string[],
  report: Report,
) {
  for (const suppression of suppressions) {
    const { rule, reason, pointer } = suppression;
    const near = nearest(rule, ruleNames);
    if (!ruleNames.includes(rule))
      report({
        pointer,
        part: 'key',
        message: `there is no rule ${quote(rule)} whose findings could be ignored`,
        about: aboutWord(rule, ruleNames, near),
        help: near === undefined ? '"certflow rules" lists the rules' : `did you mean "${near}"?`,
      });
    else if (reason === undefined)
      report({
        pointer,
        message: `findings of ${rule} are to be ignored without a reason, and so they are not`,
        help: 'write the reason as text',
      });
    else if (!used.has(suppression))
      report({
        pointer,
        part: 'key',
        severity: 'info',
        message: `there is no finding of ${rule} here that could be ignored`,
        help: 'take the entry out',
      });
  }
}
