import type { Azure } from '../../src/azure/azure.ts';

/**
 * The same sign-in, told of every moment: before each request is sent (an even number), and after its answer, before anybody reads that
 * (an odd one). Sign-ins do not count.
 */
export function withMoments(azure: Azure, at: (moment: number) => Promise<void>): Azure {
  let count = 0;
  const { clientOptions } = azure;
  const policy: (typeof clientOptions.additionalPolicies)[number]['policy'] = {
    name: 'moments',
    async sendRequest(request, next) {
      if (request.url.includes('/oauth2/') || request.url.includes('openid')) return next(request);
      const before = count;
      count += 2;
      await at(before);
      const response = await next(request);
      await at(before + 1);
      return response;
    },
  };
  const additionalPolicies = [...clientOptions.additionalPolicies, { policy, position: 'perCall' as const }];
  return { ...azure, clientOptions: { ...clientOptions, additionalPolicies } };
}
