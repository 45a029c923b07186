import type { Call, Expression } from '../expression/syntax.ts';
import { evaluate } from './evaluate.ts';
import { isArmExpression, isEscaped, parseArmExpression } from './expression.ts';
import type { Scope } from './scope.ts';
import { unknown } from './value.ts';

/** The form of a variable is no longer: it may stand in others many times. */
const longest = 2000;

/** What stands for the subscription and the resource group that are deployed to. */
const subscription = '/subscriptions/<subscription>';
const group = `${subscription}/resourcegroups/<group>`;

/**
 * A text, in lower case, that two strings of a template share only where ARM makes the same of both. What the deployment alone knows
 * stands in it in angle brackets; `resourceId()`, `concat()` and a literal id of one resource come to the same text.
 */
export function formOf(value: string, scopes: readonly Scope[]): string {
  let here: unknown = value;
  for (const scope of scopes) {
    if (typeof here !== 'string') break;
    if (isEscaped(here)) here = here.slice(1);
    else if (isArmExpression(here)) {
      const tree = parseArmExpression(here);
      if (!tree) break;
      const known = evaluate(tree, scope);
      if (known === unknown) return formOfTree(tree, scope);
      here = known;
    }
  }
  return (typeof here === 'string' ? here : (JSON.stringify(here) ?? '')).toLowerCase();
}

/** The id of a resource of a template, of its type and of its name as `formOf` gives it, with a slash for each that it stands in. */
export function formOfId(type: string, name: string): string {
  return idIn(group, type.toLowerCase(), name.split('/')) ?? `<${type}/${name}>`;
}

/** Whether a form holds something that only the deployment knows, besides the place that is deployed to. */
export function isOpenForm(form: string): boolean {
  return form.replaceAll(/<subscription>|<group>/g, '').includes('<');
}

function formOfTree(tree: Expression, scope: Scope): string {
  const known = evaluate(tree, scope);
  if (known !== unknown) return (typeof known === 'string' ? known : (JSON.stringify(known) ?? '')).toLowerCase();
  return tree.kind === 'call' ? formOfCall(tree, scope) : '<>';
}

function formOfCall(call: Call, scope: Scope): string {
  const { arguments: given, accesses } = call;
  const name = call.name.toLowerCase();
  const forms = () => given.map((argument) => formOfTree(argument, scope));
  if (accesses.length === 0) {
    if (name === 'concat') return forms().join('');
    if (name === 'resourceid' || name === 'subscriptionresourceid') {
      const id = idOf(forms(), name === 'resourceid');
      if (id !== undefined) return id;
    }
    const [first] = given;
    if (name === 'variables' && first?.kind === 'string') return formOfVariable(first.value.toLowerCase(), scope);
  }
  const [picked] = accesses;
  if (accesses.length === 1 && given.length === 0 && picked?.key.kind === 'string') {
    const property = picked.key.value.toLowerCase();
    if (name === 'resourcegroup' && property === 'id') return group;
    if (name === 'resourcegroup' && property === 'name') return '<group>';
    if (name === 'subscription' && property === 'id') return subscription;
    if (name === 'subscription' && property === 'subscriptionid') return '<subscription>';
  }
  const keys = accesses.map(({ key }) => `[${formOfTree(key, scope)}]`);
  // A slash parts the names of an id, and none that only the deployment knows.
  return `<${scope.id}:${name}(${forms().join(',')})${keys.join('')}>`.replaceAll('/', '|');
}

function formOfVariable(name: string, scope: Scope): string {
  const own = `<${scope.id}:variables(${name})>`;
  const before = scope.forms.get(name);
  if (before !== undefined) return before;
  // What is asked for while it is being worked out depends on itself.
  scope.forms.set(name, own);
  const source = scope.variableSource(name);
  const form = typeof source === 'string' ? formOf(source, scope.all) : own;
  if (form.length <= longest) scope.forms.set(name, form);
  return scope.forms.get(name) ?? own;
}

/** The id that `resourceId()` gives: first, where they are given, subscription and group, then the type, then a name for each of its parts. */
function idOf(forms: readonly string[], hasGroup: boolean): string | undefined {
  const at = forms.findIndex((form) => /^[\w.]+(?:\/\w+)+$/.test(form));
  const before = forms.slice(0, at);
  const type = forms[at];
  if (type === undefined || before.length > (hasGroup ? 2 : 1)) return undefined;
  const inGroup = before.at(-1) ?? '<group>';
  const inSubscription = (hasGroup ? before.at(-2) : before[0]) ?? '<subscription>';
  const start = `/subscriptions/${inSubscription}${hasGroup ? `/resourcegroups/${inGroup}` : ''}`;
  return idIn(start, type, forms.slice(at + 1));
}

function idIn(start: string, type: string, names: readonly string[]): string | undefined {
  const [provider, ...kinds] = type.split('/');
  if (kinds.length !== names.length) return undefined;
  return `${start}/providers/${provider}${kinds.map((kind, index) => `/${kind}/${names[index]}`).join('')}`;
}
