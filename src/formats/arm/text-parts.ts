import { ExpressionSyntaxError } from '../../expression/syntax-error.ts';
import { parseTemplate } from '../../expression/template.ts';
import { isArmExpression, isEscaped } from '../../template-language/expression.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { expressionInText } from '../reading/package-rules.ts';
import type { TemplateString } from './strings.ts';
import type { Scopes } from './templates.ts';

/** What is an expression where it is a whole string. */
const expression =
  /\[(?:(?<kind>parameters|variables)\('(?<name>[^']+)'\)|(?:resourceGroup|subscription)\(\)\.\w+|(?:concat|format|uniqueString|resourceId|reference)\([^[\]]*\))[\w.]*\]/gi;

/** Notes to people, and what the engine does not read. */
const passedOver = /\/(?:description|metadata|schema|comments)(?:\/|$)/;

/** Tells of an expression of ARM inside a text, where it stays as it is. Source: docs/facts/resource-manager.md#expressions-and-escapes. */
export function checkText(reading: DocumentFiles, { path, at, text }: TemplateString, scopes: Scopes) {
  const found = text.includes('[') && text.search(expression) !== -1 ? firstInText(text, scopes) : undefined;
  if (!found) return;
  const pointer = at();
  if (passedOver.test(pointer)) return;
  const [start, written] = found;
  reading.report(expressionInText, {
    path,
    at: pointer,
    part: { start, end: start + written.length },
    message: `${written} stands inside a text, where ARM does not work it out`,
    help: "make the whole value one expression: \"[concat('…', …, '…')]\", or give the value by a parameter of the workflow",
  });
}

function firstInText(text: string, scopes: Scopes): [number, string] | undefined {
  if (isArmExpression(text) || isEscaped(text)) return undefined;
  for (const [start, part] of plainParts(text))
    for (const match of part.matchAll(expression)) {
      const { kind, name = '' } = match.groups ?? {};
      const word = kind?.toLowerCase() as 'parameters' | 'variables' | undefined;
      if (word === undefined || scopes.some((scope) => scope.declares(word, name))) return [start + match.index, match[0]];
    }
  return undefined;
}

/** What of a text is no expression of the workflow, with where each part begins. */
function plainParts(text: string): [number, string][] {
  try {
    const template = parseTemplate(text);
    if (template.kind === 'literal') return [[0, text]];
    if (template.kind === 'expression') return [];
    return template.segments.flatMap(({ kind, start, end }): [number, string][] =>
      kind === 'text' ? [[start, text.slice(start, end)]] : [],
    );
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return [];
    throw error;
  }
}
