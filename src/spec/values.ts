import { pointerStep } from '../json/pointer.ts';
import type { Findings } from './findings.ts';

/** How a group in a body asks for an expression, a template, or for what it holds to be taken as it is. */
export function asksFor(
  value: object,
):
  | { readonly what: 'expression' | 'template'; readonly text: string }
  | { readonly what: 'literal'; readonly value: unknown }
  | undefined {
  const [only, ...more] = Object.entries(value);
  if (!only || more.length > 0 || Array.isArray(value)) return undefined;
  const [what, inner] = only;
  if (what === 'literal') return { what, value: inner };
  return (what === 'expression' || what === 'template') && typeof inner === 'string' ? { what, text: inner } : undefined;
}

/** Expressions are written without the `@` before them: with it, or with braces, the service would read something else. */
export function checkExpressions(value: unknown, pointer: string, findings: Findings) {
  if (typeof value !== 'object' || value === null) return;
  const asked = asksFor(value);
  if (asked?.what === 'literal') return;
  if (asked?.what === 'expression' && /^\s*[@{]/.test(asked.text)) {
    const bare = asked.text.replace(/^\s*@?\{?/, '').replace(/\}\s*$/, '');
    findings.error(
      'spec-value',
      `${pointer}/expression`,
      'an expression is written without @ and braces around it',
      `write { expression: ${JSON.stringify(bare)} }, or { template: … } for text with expressions in it`,
    );
    return;
  }
  for (const [key, member] of Object.entries(value)) checkExpressions(member, pointer + pointerStep(key), findings);
}
