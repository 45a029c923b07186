import type { Diagnostic } from './diagnostic.ts';
import { hideSecretForms } from './secret-forms.ts';

/** The finding with asterisks for what is a secret by its form: messages quote what stands in files, and anything may, keys too. */
export function withoutSecrets(diagnostic: Diagnostic): Diagnostic {
  const { message, pointer, help, path } = diagnostic;
  return {
    ...diagnostic,
    message: hideSecretForms(message),
    pointer: pointer.split('/').map(hideSecretForms).join('/'),
    ...(path && { path: path.map((step) => ({ ...step, message: hideSecretForms(step.message) })) }),
    ...(help === undefined ? {} : { help: hideSecretForms(help) }),
  };
}
