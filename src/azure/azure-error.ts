import { RefusedError } from '../diagnostics/errors.ts';
import { troubleIn, troubleOfCode } from '../troubles/find.ts';
import type { FailedAnswer } from './answer.ts';

export type AzureErrorKind =
  /** Azure answered, and refused. */
  | 'refused'
  /** No answer came: the network, a proxy, the name, TLS. */
  | 'unreachable'
  /** Nobody is signed in, or the sign-in failed. */
  | 'sign-in'
  /** The user stopped the command. */
  | 'stopped'
  /** It took longer than the command waits. */
  | 'too-long';

/** Something that was asked of Azure and did not come about. The message says what was tried, what came back, and what to do. */
export class AzureError extends RefusedError {
  override readonly name: string = 'AzureError';
  readonly kind: AzureErrorKind;
  /** What was tried, as the beginning of a sentence: `reading the resource group rg-flows`. */
  readonly tried: string;
  /** The answer, where there was one. */
  readonly answer?: FailedAnswer;
  /** What to do, in a sentence, where that is known. */
  readonly cure?: string;

  constructor(
    kind: AzureErrorKind,
    tried: string,
    what: string,
    { answer, cure, cause }: { answer?: FailedAnswer | undefined; cure?: string | undefined; cause?: unknown } = {},
  ) {
    super(`${capitalised(tried)} ${what}${cure === undefined ? '' : `\n${cure}`}`, { cause });
    this.kind = kind;
    this.tried = tried;
    if (answer) this.answer = answer;
    if (cure !== undefined) this.cure = cure;
  }

  /** Azure's own code, such as `AuthorizationFailed`. */
  get code(): string | undefined {
    return this.answer?.code || undefined;
  }

  get status(): number | undefined {
    return this.answer?.status;
  }
}

/** The error about an answer, with the cure of its code or of a code that it mentions. */
export function refusal(tried: string, answer: FailedAnswer, cause?: unknown): AzureError {
  const known = knownTrouble(answer);
  const all = [answer, ...answer.details].map(({ code, message }) => [code, message].filter(Boolean).join(': '));
  const text = [...new Set(all.filter(Boolean))].join('\n  ');
  return new AzureError('refused', tried, `was refused (${answer.status})${text === '' ? '.' : `: ${text}`}`, {
    answer,
    // What many causes share says less than the status.
    cure: (known?.isOuter ? statusCure(answer) : undefined) ?? known?.cure ?? statusCure(answer),
    cause,
  });
}

/** The innermost code of an answer that the table knows: what wraps it (`DeploymentFailed`, `InvalidTemplateDeployment`) says less. */
export function knownTrouble({ code, message, details }: Pick<FailedAnswer, 'code' | 'message' | 'details'>) {
  const all = [...details.toReversed(), { code, message }];
  const byCode = all.flatMap((one) => troubleOfCode(one.code, one.message) ?? []);
  return byCode.find(({ isOuter }) => !isOuter) ?? troubleIn(all.map((one) => one.message).join(' ')) ?? byCode[0];
}

function statusCure({ status, retryAfter }: FailedAnswer): string | undefined {
  switch (status) {
    case 401:
      return 'The sign-in is not one that this service takes: check the tenant (--tenant) and the cloud, or sign in again.';
    case 403:
      return 'Whoever is signed in may not do this: ask an owner of the resource for the right.';
    case 429:
      return `Azure limits how often it may be asked${retryAfter === undefined ? '' : ` and wants ${Math.ceil(retryAfter / 1000)} seconds of pause`}. Wait, then run the same command again.`;
    default:
      return status >= 500 ? 'The service has a problem of its own. Run the same command again in some minutes.' : undefined;
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
