import { hideSecretForms } from '../diagnostics/secret-forms.ts';
import { isObject, textOf } from '../json/json.ts';
/** One cause: a code and a message, either of which may be empty. */
export interface ErrorCause {
  readonly code: string;
  readonly message: string;
}

/** What Azure answered to a request that it refused, in the shape that all its services share more or less. */
export interface FailedAnswer extends ErrorCause {
  readonly status: number;
  /** Causes within the cause, flattened, the outer ones first. */
  readonly details: readonly ErrorCause[];
  /** Milliseconds that Azure asks to wait before the next request. */
  readonly retryAfter?: number;
}

/** Longer messages than this are cut: some services put whole templates into them. */
const longest = 2000;

/**
 * Reads the body of a failed answer: `{ error: { code, message, details } }`, with or without `error` around it; Entra's
 * `{ error: "invalid_client", error_description: "AADSTS…" }`; SharePoint's `odata.error`, and its description alone; or any text.
 * Shapes: docs/facts/resource-manager.md#errors.
 */
export function readFailedAnswer(status: number, body: string | null | undefined, retryAfter?: number): FailedAnswer {
  const more = retryAfter === undefined ? {} : { retryAfter };
  const value = parse(body ?? '');
  if (typeof value.error === 'string' || typeof value.error_description === 'string') {
    const message = textOf(value.error_description) || textOf(value.error);
    return { status, code: /AADSTS\d+/.exec(message)?.[0] ?? textOf(value.error), message: cut(message), details: [], ...more };
  }
  const error = [value.error, value.Error, value['odata.error']].find(isObject) ?? value;
  const found = flatten(error);
  const [first, ...details] = found;
  return {
    status,
    code: first?.code ?? '',
    message: first?.message || cut(plainText(body ?? '')),
    details: details.filter(({ code, message }) => code !== '' || message !== ''),
    ...more,
  };
}

/** An error with the causes inside it: `details`, `innererror`, and errors that services hand on as JSON text in `message`. */
export function flatten(error: unknown, depth = 0): ErrorCause[] {
  if (!isObject(error) || depth > 5) return [];
  // SharePoint says in which language it is.
  const message =
    textOf(error.message) || textOf(error.Message) || textOf(isObject(error.message) ? error.message.value : undefined);
  const inside = parse(message);
  const wrapped = isObject(inside.error) ? flatten(inside.error, depth + 1) : [];
  const details = Array.isArray(error.details) ? error.details.flatMap((detail) => flatten(detail, depth + 1)) : [];
  const inner = flatten(error.innererror ?? error.innerError, depth + 1);
  const own = wrapped.length > 0 ? [] : [{ code: textOf(error.code) || textOf(error.Code), message: cut(message) }];
  return [...own, ...wrapped, ...details, ...inner];
}

function parse(body: string): Record<string, unknown> {
  if (!/^\s*\{/.test(body)) return {};
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** A page of a proxy says more without its tags. */
function plainText(body: string): string {
  return body
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** On one line: services break their messages in ways of their own. */
function cut(message: string): string {
  // A secret is hidden before: its form goes with its end.
  const line = hideSecretForms(message.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim());
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}
