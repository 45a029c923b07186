import { randomUUID } from 'node:crypto';
import { type Answer, ServiceError } from '../http/answer.ts';

/** A refusal of the token endpoint in its own form. Codes and texts: Microsoft's "Microsoft Entra authentication and authorization error codes". */
export class EntraError extends ServiceError {
  readonly #error: string;
  readonly #number: number;

  /** `error` is OAuth's word; `number` Entra's own. */
  constructor(status: 400 | 401, error: string, number: number, message: string) {
    super(status, { code: error, message });
    this.#error = error;
    this.#number = number;
  }

  override toAnswer(): Answer {
    const [trace, correlation, time] = [
      randomUUID(),
      randomUUID(),
      new Date().toISOString().replace('T', ' ').replace(/\..*/, 'Z'),
    ];
    return {
      status: this.status,
      body: {
        error: this.#error,
        error_description: `AADSTS${this.#number}: ${this.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${time}`,
        error_codes: [this.#number],
        timestamp: time,
        trace_id: trace,
        correlation_id: correlation,
        error_uri: `https://login.microsoftonline.com/error?code=${this.#number}`,
      },
    };
  }
}
