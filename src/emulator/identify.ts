import type { Caller } from './entra/caller.ts';
import type { TokenProblem } from './entra/tokens.ts';
import { ServiceError } from './http/answer.ts';
import type { Service } from './http/service.ts';
import { audiences, type World } from './world.ts';

/** How a service finds out who asks: by a bearer token for it. `challenge` is added to a refusal, as a header. */
export function identifyBy(
  { tokens }: World,
  service: keyof typeof audiences,
  texts: Readonly<Record<TokenProblem, readonly [code: string, message: string]>>,
  challenge?: string,
): Service['identify'] {
  return async (headers, isExpired): Promise<Caller> => {
    const found = isExpired ? 'expired' : await tokens.verify(headers.authorization, audiences[service]);
    if (typeof found !== 'string') return found;
    const [code, message] = texts[found];
    throw new ServiceError(401, { code, message }, challenge === undefined ? {} : { 'www-authenticate': challenge });
  };
}
