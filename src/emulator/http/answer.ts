/** What a service answers. A body is sent as JSON; without one the answer is empty. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ErrorDetail[];
  /** As Key Vault and Graph add it. */
  readonly innererror?: Readonly<Record<string, unknown>>;
}

/** A refusal in the form that ARM, Key Vault and Graph share: `{"error": {"code", "message", …}}`. Thrown by handlers. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly status: number;
  readonly detail: ErrorDetail;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: ErrorDetail, headers: Readonly<Record<string, string>> = {}) {
    super(detail.message);
    this.status = status;
    this.detail = detail;
    this.headers = headers;
  }

  toAnswer(): Answer {
    return { status: this.status, headers: this.headers, body: { error: this.detail } };
  }
}

/** Shorter to write where most are thrown. */
export function refuse(status: number, code: string, message: string, details?: readonly ErrorDetail[]): never {
  throw new ServiceError(status, { code, message, ...(details && { details }) });
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export const noContent: Answer = { status: 204 };
