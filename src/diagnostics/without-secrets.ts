import type { About, Diagnostic } from './diagnostic.ts';
import { hideSecretForms, mayHoldSecret } from './secret-forms.ts';

/** The finding with asterisks for what is a secret by its form: messages quote what stands in files, and anything may, keys too. */
export function withoutSecrets(diagnostic: Diagnostic): Diagnostic {
  const { fix, ...rest } = diagnostic;
  const { message, pointer, help, path, about } = rest;
  // What a fix leads to may have such a key too; and one that writes such a text would show it.
  const isPlain = fix && JSON.stringify(fix) === hideSecretForms(JSON.stringify(fix));
  return {
    ...rest,
    message: hideSecretForms(message),
    // Step by step, as a secret may hold a slash; a pointer into deep nesting is long, and most hold nothing.
    pointer: mayHoldSecret(pointer) ? pointer.split('/').map(hideSecretForms).join('/') : pointer,
    ...(path && { path: path.map((step) => ({ ...step, message: hideSecretForms(step.message) })) }),
    ...(help === undefined ? {} : { help: hideSecretForms(help) }),
    ...(about && { about: hidden(about) }),
    ...(isPlain && { fix }),
  };
}

function hidden(about: About): About {
  const plain = ([kind, words]: [string, string | readonly string[]]) => [
    kind,
    typeof words === 'string' ? hideSecretForms(words) : words.map(hideSecretForms),
  ];
  return Object.fromEntries(Object.entries(about).map(plain));
}
