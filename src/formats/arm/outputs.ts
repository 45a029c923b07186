import { walkStrings } from '../../definition/walk.ts';
import { asText } from '../../diagnostics/words.ts';
import { callsIn } from '../../expression/references.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { toPointer } from '../../json/pointer.ts';
import { parseArmExpression } from '../../template-language/expression.ts';
import type { Scope } from '../../template-language/scope.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { secureOutput } from '../reading/package-rules.ts';
import { firstWorkedOut } from './strings.ts';
import type { ArmTemplate } from './templates.ts';

/** Tells of outputs that hand out a secure parameter. Source: docs/facts/resource-manager.md#outputs. */
export function checkOutputs(reading: DocumentFiles, path: string, { node, pointer, scopes }: ArmTemplate) {
  for (const [name, output] of Object.entries(isObject(node.outputs) ? node.outputs : {})) {
    // Outputs of these types are not kept.
    if (/^secure/i.test(asText(member(output, 'type')))) continue;
    walkStrings(output, [name], (text, keys) => {
      const found = firstWorkedOut(text, scopes);
      const secure = found && secureIn(found.text, found.scope, new Set());
      if (secure === undefined) return;
      reading.report(secureOutput, {
        path,
        at: `${pointer}/outputs${toPointer(keys)}`,
        part: 'value',
        message: `the output "${name}" hands the secure parameter "${secure}" into the history of deployments, for everyone who may read that`,
        help: 'take the output away, or give it the type securestring or secureObject',
      });
    });
  }
}

/** The secure parameter that an expression makes use of, through variables too. */
function secureIn(text: string, scope: Scope, seen: Set<string>): string | undefined {
  const tree = parseArmExpression(text);
  if (!tree) return undefined;
  for (const { name, arguments: given } of callsIn({ kind: 'expression', expression: tree, start: 0, end: 0 })) {
    const [first] = given;
    if (first?.kind !== 'string') continue;
    if (/^parameters$/i.test(name) && scope.isSecure(first.value)) return first.value;
    const variable = first.value.toLowerCase();
    if (!/^variables$/i.test(name) || seen.has(variable)) continue;
    seen.add(variable);
    let found: string | undefined;
    walkStrings(scope.variableSource(variable), [], (inner) => {
      const next = firstWorkedOut(inner, scope.all);
      if (next) found ??= secureIn(next.text, next.scope, seen);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
