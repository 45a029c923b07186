import type { Severity } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/words.ts';
import { functionNamed } from '../../expression/functions.ts';
import { callsIn } from '../../expression/references.ts';
import type { Call } from '../../expression/syntax.ts';
import { parseArmExpression } from '../../template-language/expression.ts';
import type { Scope } from '../../template-language/scope.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { templateExpression } from '../reading/package-rules.ts';
import { firstWorkedOut, type TemplateString } from './strings.ts';
import type { ArmTemplate } from './templates.ts';

/** Tells of a string in brackets that ARM cannot work out. Source: docs/facts/resource-manager.md#expressions-and-escapes. */
export function checkExpression(reading: DocumentFiles, { path, at, text }: TemplateString, { scopes, isStored }: ArmTemplate) {
  const found = firstWorkedOut(text, scopes);
  if (!found) return;
  const report = (message: string, help: string, severity: Severity = isStored ? 'warning' : 'error') =>
    reading.report(templateExpression, { path, at: at(), part: 'value', severity, message, help });
  const inside = found.text.slice(1, -1);
  const tree = parseArmExpression(found.text);
  if (!tree) {
    if (mayBeOther(inside)) return;
    // One that begins as an expression stands in a published template, and no refusal of it was seen.
    const isMeant = /^\s*[a-z]\w*\s*\(/i.test(inside);
    report(
      `ARM takes a string from [ to ] for an expression, and this is ${isMeant ? 'one that cannot be read' : 'none'}`,
      isMeant
        ? "look at its quotes (one inside a text is written '') and at its parentheses"
        : 'write [[ at its start where it is a text, or work the whole value out with concat() or format()',
      isMeant ? 'warning' : 'error',
    );
    return;
  }
  for (const call of callsIn({ kind: 'expression', expression: tree, start: 0, end: 0 })) {
    const problem = undeclared(call, found.scope) ?? ofWorkflows(call);
    if (problem) report(...problem);
  }
}

/** What is perhaps an expression of a kind that the parser has not: empty, too long, or with a function of the template's own. */
function mayBeOther(inside: string): boolean {
  return inside.trim() === '' || inside.length > 20_000 || /[A-Za-z_]\w*\.[A-Za-z_]\w*\s*\(/.test(inside);
}

function undeclared({ name, arguments: given }: Call, scope: Scope): [string, string] | undefined {
  const word = name.toLowerCase();
  if (word !== 'parameters' && word !== 'variables') return undefined;
  // What declares nothing at all is a part of a template, as examples show it.
  if (scope.isPart) return undefined;
  const [only] = given;
  if (given.length !== 1 || only?.kind !== 'string' || scope.declares(word, only.value)) return undefined;
  const names = scope.names(word);
  return [
    `the template has no ${word.slice(0, -1)} "${only.value}"`,
    names.length === 0 ? `declare it under ${word}` : suggest(only.value, names.slice(0, mostNames), 'declared'),
  ];
}

/** A person reads no longer list. */
const mostNames = 40;

/** Functions that tell of a run: a deployment has none. */
function ofWorkflows({ name }: Call): [string, string] | undefined {
  const signature = functionNamed(name);
  const refersTo = signature?.refersTo;
  if (!signature || !refersTo || sharedReferences.has(signature.name)) return undefined;
  return [
    `ARM takes a string from [ to ] for an expression of its own, and it has no function ${signature.name}()`,
    'write @{…} where it is an expression of the workflow, or [[ at its start where it is a text',
  ];
}

/** Names that both languages have, with a meaning of their own in each. */
const sharedReferences: ReadonlySet<string> = new Set(['parameters', 'variables', 'items', 'listCallbackUrl']);
