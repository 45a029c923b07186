import { fromPointer, toPointer } from '../json/pointer.ts';
import type { About, Diagnostic, PathStep } from './diagnostic.ts';
import type { Fix } from './fix.ts';
import { hideSecretForms, mayHoldSecret } from './secret-forms.ts';

/** The finding with asterisks for what is a secret by its form: messages quote what stands in files, and anything may, keys too. */
export function withoutSecrets(diagnostic: Diagnostic): Diagnostic {
  const { fix, further, ...rest } = diagnostic;
  const { message, pointer, help, path, about } = rest;
  return {
    ...rest,
    message: hideSecretForms(message),
    pointer: hidePointer(pointer),
    ...(path && { path: path.map(stepWithout) }),
    ...(further && { further: further.map(({ fix, ...step }) => ({ ...stepWithout(step), ...(isPlain(fix) && { fix }) })) }),
    ...(help === undefined ? {} : { help: hideSecretForms(help) }),
    ...(about && { about: hidden(about) }),
    ...(isPlain(fix) && { fix }),
  };
}

function stepWithout(step: PathStep): PathStep {
  return { ...step, message: hideSecretForms(step.message), pointer: hidePointer(step.pointer) };
}

/** What a fix leads to may have such a key too; and one that writes such a text would show it. */
function isPlain(fix: Fix | undefined): fix is Fix {
  if (fix === undefined) return false;
  const text = JSON.stringify(fix);
  return hideSecretForms(text) === text && fix.edits.every(({ pointer }) => hidePointer(pointer) === pointer);
}

/** Key by key, as a secret may hold a slash, which a pointer escapes. A pointer into deep nesting is long, and most hold nothing. */
function hidePointer(pointer: string): string {
  if (!pointer.includes('~') && !mayHoldSecret(pointer)) return pointer;
  return toPointer(fromPointer(pointer).map(hideSecretForms));
}

function hidden(about: About): About {
  const plain = ([kind, words]: [string, string | readonly string[]]) => [
    kind,
    typeof words === 'string' ? hideSecretForms(words) : words.map(hideSecretForms),
  ];
  return Object.fromEntries(Object.entries(about).map(plain));
}
