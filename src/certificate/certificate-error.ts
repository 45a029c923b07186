import { UsageError } from '../diagnostics/errors.ts';

export type CertificateErrorCode =
  | 'malformed'
  | 'wrong-password'
  | 'password-needed'
  | 'unreadable-cipher'
  | 'too-much-work'
  | 'no-private-key'
  | 'no-certificate'
  | 'key-mismatch';

/**
 * A file that cannot be read as what it should be. `code` says why, for programs; the message says it for people, with what to do.
 * Neither holds a password or a part of a key.
 */
export class CertificateError extends UsageError {
  override readonly name = 'CertificateError';
  readonly code: CertificateErrorCode;

  constructor(code: CertificateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
