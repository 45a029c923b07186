import { fromPointer, toPointer } from '../json/pointer.ts';
import type { About, Diagnostic } from './diagnostic.ts';
import { hideSecretForms, mayHoldSecret } from './secret-forms.ts';

/** The finding with asterisks for what is a secret by its form: messages quote what stands in files, and anything may, keys too. */
export function withoutSecrets(diagnostic: Diagnostic): Diagnostic {
  const { fix, ...rest } = diagnostic;
  const { message, pointer, help, path, about } = rest;
  // What a fix leads to may have such a key too; and one that writes such a text would show it.
  const isPlain = fix && isWithout(JSON.stringify(fix)) && fix.edits.every((edit) => hidePointer(edit.pointer) === edit.pointer);
  return {
    ...rest,
    message: hideSecretForms(message),
    pointer: hidePointer(pointer),
    ...(path && {
      path: path.map((step) => ({ ...step, message: hideSecretForms(step.message), pointer: hidePointer(step.pointer) })),
    }),
    ...(help === undefined ? {} : { help: hideSecretForms(help) }),
    ...(about && { about: hidden(about) }),
    ...(isPlain && { fix }),
  };
}

function isWithout(text: string): boolean {
  return hideSecretForms(text) === text;
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
