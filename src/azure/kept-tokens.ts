import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';

/** A token is renewed when less is left of it. Milliseconds; the SDKs begin to at two minutes. */
const margin = 5 * 60_000;

/**
 * A sign-in whose tokens are kept for all clients of a command: each client of an SDK would ask for its own, and that of Azure CLI starts
 * a program each time. `renewed` signs in anew, and keeps what it gets for the others.
 */
export function keptTokens(newCredential: () => TokenCredential): { kept: TokenCredential; renewed: TokenCredential } {
  let credential = newCredential();
  const tokens = new Map<string, AccessToken>();
  const asked = new Map<string, Promise<AccessToken | null>>();

  const ask = async (key: string, scopes: string | string[], options: GetTokenOptions) => {
    // What is kept for all must not depend on who asks first: the SDKs' clients can all answer a claims challenge.
    const token = await credential.getToken(scopes, { ...options, enableCae: true });
    if (token) tokens.set(key, token);
    return token;
  };
  const askOnce = (scopes: string | string[], options: GetTokenOptions) => {
    const key = keyOf(scopes, options);
    const asking = asked.get(key) ?? ask(key, scopes, options).finally(() => asked.delete(key));
    asked.set(key, asking);
    return asking;
  };
  return {
    kept: {
      getToken: async (scopes, options = {}) => {
        const token = tokens.get(keyOf(scopes, options));
        if (token && !options.claims && token.expiresOnTimestamp - Date.now() > margin) return token;
        return options.claims ? ask(keyOf(scopes, options), scopes, options) : askOnce(scopes, options);
      },
    },
    renewed: {
      getToken: (scopes, options = {}) => {
        if (!asked.has(keyOf(scopes, options))) credential = newCredential();
        return askOnce(scopes, options);
      },
    },
  };
}

/**
 * The same sign-in for a client that is kept: it asks for a token before each request, for one that was renewed meanwhile would not be known
 * to it. The SDKs ask again where a token has ended.
 */
export function askedAnew(credential: TokenCredential): TokenCredential {
  return {
    getToken: async (scopes, options) => {
      const token = await credential.getToken(scopes, options);
      return token && { ...token, expiresOnTimestamp: 0 };
    },
  };
}

function keyOf(scopes: string | string[], { tenantId }: GetTokenOptions): string {
  return JSON.stringify([tenantId, scopes].flat());
}
