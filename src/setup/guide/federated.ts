import template from '../../generated/templates/guide/federated.md.js';
import { render } from '../../text/render.ts';

/**
 * What an app registration that trusts an identity is good for, and where that works; nothing is generated for it. `besideCertificate`:
 * whether the spec knows the other way already. Source: docs/facts/managed-identity.md#a-registration-that-trusts-an-identity.
 */
export function federatedWords(besideCertificate: boolean): string {
  return render(template, { besideCertificate }).trimEnd();
}
