import type { Diagnostic } from './diagnostic.ts';
import { hideSecretForms } from './secret-forms.ts';

/** The finding with asterisks for what is a secret by its form: messages quote what stands in files, and anything may. */
export function withoutSecrets(diagnostic: Diagnostic): Diagnostic {
  const { message, help, path } = diagnostic;
  return {
    ...diagnostic,
    message: hideSecretForms(message),
    ...(path && { path: path.map((step) => ({ ...step, message: hideSecretForms(step.message) })) }),
    ...(help === undefined ? {} : { help: hideSecretForms(help) }),
  };
}
