import type { TokenCredential } from '@azure/core-auth';

/** A sign-in that asks a person: whoever has said no, or has not answered, is not asked again by the next request. */
export function askedOnce(credential: TokenCredential): TokenCredential {
  let failed: Promise<never> | undefined;
  return {
    async getToken(scopes, options) {
      if (failed) return failed;
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        failed = Promise.reject(error);
        // Whoever asks gets it; nobody else has to.
        failed.catch(() => {});
        throw error;
      }
    },
  };
}
