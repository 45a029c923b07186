import { hideSecretForms } from '../diagnostics/secret-forms.ts';

/** What stands in place of a secret. */
const hidden = '[hidden]';

/** Hiding shorter values would tear words apart, and tell by the gaps what it hides. */
const shortest = 4;

/** A secret that may be shown: a password just made, once, to whoever asked for it. */
export class Revealed {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

/** Takes the secrets that it knows out of everything that is printed: a net below code that prints none in the first place. */
export class Redactor {
  readonly #secrets = new Set<string>();

  /** Values of fewer than four characters are let be. */
  add(secret: string) {
    if (secret.length < shortest) return;
    this.#secrets.add(secret);
    // As it stands in JSON and in quoted messages.
    this.#secrets.add(JSON.stringify(secret).slice(1, -1));
  }

  redact(text: string): string {
    // The longest first: one secret may hold another.
    const longestFirst = [...this.#secrets].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((result, secret) => result.replaceAll(secret, hidden), text);
  }

  /** A copy of a value for JSON, with the secrets taken out of its strings, those too that are known by their form. */
  redactValue(value: unknown): unknown {
    if (typeof value === 'string') return hideSecretForms(this.redact(value));
    if (value instanceof Revealed) return value.value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.redactValue(item));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [hideSecretForms(this.redact(name)), this.redactValue(item)]),
    );
  }
}
