import { score } from '../check/score.ts';
import type { TemplateEntry } from '../check/subject.ts';
import type { Range } from '../diagnostics/diagnostic.ts';
import { hideSecretForms } from '../diagnostics/secret-forms.ts';
import { functionNamed } from '../expression/functions.ts';
import { callsIn } from '../expression/references.ts';
import type { Call } from '../expression/syntax.ts';
import { describeKinds, type Type } from '../expression/types.ts';
import { signatureText } from './complete-expression.ts';
import { nameAt } from './names.ts';
import { isSameName, type NameKind, occurrencesIn } from './occurrences.ts';
import type { EditedWorkflow } from './workflow.ts';

/** What is said of a place, in Markdown. */
export interface Hover {
  readonly markdown: string;
  readonly range: Range;
}

/** What is known of the place at an offset: of a name, what it names; of a call, the function and its type; of an action, how it signs in. */
export function hoverAt(workflow: EditedWorkflow, offset: number): Hover | undefined {
  const name = nameAt(workflow, offset);
  if (name) return { markdown: ofName(workflow, name.kind, name.name), range: name.range };
  const cursor = workflow.at(offset);
  if (!cursor) return undefined;
  const entry = workflow.subject.templates.find(({ pointer, isKey }) => pointer === cursor.pointer && isKey === cursor.isKey);
  if (entry?.template && workflow.isAsWritten(cursor.pointer)) return ofCall(workflow, entry, cursor.index);
  if (!/\/(?:authentication|connectionReferences|\$connections)(?:\/|$)/.test(cursor.pointer)) return undefined;
  const inside = workflow.subject.operationAround(cursor.pointer);
  const markdown = signInOf(workflow, inside?.action ?? inside?.trigger ?? '');
  return markdown === undefined ? undefined : { markdown, range: workflow.rangeOf(cursor.pointer, 'key') };
}

function ofName(workflow: EditedWorkflow, kind: NameKind, name: string): string {
  const { subject } = workflow;
  const declared = occurrencesIn(subject).find((other) => other.isDeclaration && isSameName(other, { kind, name }));
  if (!declared) return `No ${kind} is called ${code(name)}.`;
  const operation = subject.operations.find(({ pointer }) => pointer === declared.pointer);
  const type =
    kind === 'variable' ? subject.variables.find((one) => `${one.pointer}/name` === declared.pointer)?.type : undefined;
  const lines = [
    `${kind} ${code(declared.name)}${operation ? `, ${code(operation.type)}` : ''}${type ? `, ${String(type)}` : ''}`,
  ];
  const signIn = operation && signInOf(workflow, operation.name);
  return signIn === undefined ? lines.join('') : `${lines.join('')}\n\n${signIn}`;
}

/** How an operation signs in, and whether run history hides it. */
function signInOf({ subject }: EditedWorkflow, name: string): string | undefined {
  const { calls, secrets } = subject.once(({ definition, surroundings }) => score(definition, surroundings));
  const secret = secrets.find(({ action }) => action === name);
  if (secret)
    return `Reads the secret ${code(secret.secret)}; its outputs are ${secret.areOutputsHidden ? 'hidden' : '**shown in run history**'}.`;
  const call = calls.find(({ action }) => action === name);
  if (!call) return undefined;
  const parts = [`Signs in: ${call.signIn}`];
  if (call.certificate !== undefined) parts.push(`certificate ${code(call.certificate)}`);
  if (call.audience !== undefined) parts.push(`audience ${code(call.audience)}`);
  if (call.areInputsHidden !== undefined)
    parts.push(
      `inputs ${call.areInputsHidden ? 'hidden by a setting of its own' : 'without a setting of its own that hides them'}`,
    );
  return `${parts.join('; ')}.`;
}

/** The innermost call around a place, its signature, and what it gives here. */
function ofCall(workflow: EditedWorkflow, entry: TemplateEntry, index: number): Hover | undefined {
  const { template, pointer, isKey } = entry;
  const around = template ? callsIn(template).filter(({ start, end }) => start <= index && index <= end) : [];
  const call = around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0];
  if (!template || !call) return undefined;
  const type = workflow.subject.typeOf({ template: { kind: 'expression', expression: call, start: 0, end: 0 } });
  const part = { start: call.start, end: call.end, ...(isKey && { of: 'key' as const }) };
  return { markdown: `${signatureOf(call)}\n\nGives ${describe(type)}.`, range: workflow.rangeOf(pointer, part) };
}

function signatureOf({ name }: Call): string {
  const signature = functionNamed(name);
  if (!signature) return `The language has no function ${code(name)}.`;
  const page = 'https://learn.microsoft.com/azure/logic-apps/workflow-definition-language-functions-reference';
  return `\`\`\`text\n${signatureText(signature)}\n\`\`\`\n[Microsoft's page](${page}#${signature.name})`;
}

function describe({ kinds, properties }: Type): string {
  const names = [...(properties?.keys() ?? [])].slice(0, 20).map(code);
  return names.length === 0 ? describeKinds(kinds) : `${describeKinds(kinds)} with ${names.join(', ')}`;
}

/** A text of a file as code in Markdown, which nothing in it can end. */
function code(text: string): string {
  const plain = hideSecretForms(text)
    .replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .slice(0, 200);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${plain}\`` : `${fence} ${plain} ${fence}`;
}
