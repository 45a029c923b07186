import type { Diagnostic } from './diagnostic.ts';
import { hideSecretForms } from './secret-forms.ts';

/** The finding with asterisks for what is a secret by its form: messages quote what stands in files, and anything may, keys too. */
export function withoutSecrets(diagnostic: Diagnostic): Diagnostic {
  const { fix, ...rest } = diagnostic;
  const { message, pointer, help, path } = rest;
  // What a fix leads to may have such a key too; and one that writes such a text would show it.
  const isPlain = fix && JSON.stringify(fix) === hideSecretForms(JSON.stringify(fix));
  return {
    ...rest,
    message: hideSecretForms(message),
    pointer: pointer.split('/').map(hideSecretForms).join('/'),
    ...(path && { path: path.map((step) => ({ ...step, message: hideSecretForms(step.message) })) }),
    ...(help === undefined ? {} : { help: hideSecretForms(help) }),
    ...(isPlain && { fix }),
  };
}
