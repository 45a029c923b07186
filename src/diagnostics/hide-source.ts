import { hideSecretForms } from './secret-forms.ts';
import { isPlainValue, isSecretName } from './secret-names.ts';
import { type Span, secretsInJson } from './secrets-in-json.ts';

/**
 * The one that decides what of a source text may be shown: asterisks stand in place of everything in `authentication`, of values under
 * names of secrets, of what is a secret by its form, and of `secrets`, the places of findings that are secrets themselves. Length and
 * lines stay the same. The text need not be sound; one that is not JSON is read as YAML.
 */
export function hideSource(text: string, secrets: readonly Span[] = []): string {
  const spans = [...secrets, ...(/^\ufeff?\s*(?:[{[]|\/[/*])/.test(text) ? secretsInJson(text) : secretsInYaml(text))];
  return hideSecretForms(hideSpans(text, spans));
}

function hideSpans(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    parts.push(text.slice(done, from), text.slice(from, end).replaceAll(/[^\r\n]/g, '*'));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

const member = /(["']?)([\w.-]{2,60})\1[ \t]*:[ \t]+("[^"\r\n]*"?|'[^'\r\n]*'?|[^\s"'{}[\],#|>][^\r\n,{}]*)/g;

function secretsInYaml(text: string): Span[] {
  return [...text.matchAll(member)].flatMap(({ 0: all, 2: name = '', 3: value = '', index }): Span[] => {
    const end = index + all.length;
    const plain = value.replaceAll(/^["']|["']$/g, '').trim();
    return isSecretName(name) && !isPlainValue(plain) ? [[end - value.length, end]] : [];
  });
}
