import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { ServiceAddress } from '../cloud/profile.ts';
import { BrokenOff } from './broken-off.ts';
import { type Origins, originOf } from './origins.ts';

/**
 * Keeps a token with its service: a request to another origin, such as the `nextLink` or `Location` of an answer, is not sent at all.
 * Nothing of what certflow asks is anywhere else (docs/facts/resource-manager.md#requests-and-answers). It stands behind all other
 * policies, so that it sees each request as it would go out.
 */
export function onlyTo({ endpoint }: ServiceAddress, origins: Origins): PipelinePolicy {
  return {
    name: 'certflowOnlyTo',
    async sendRequest(request, next) {
      const own = originOf(endpoint);
      if (!origins.includes(endpoint))
        throw new BrokenOff(
          `was not sent: ${endpoint} is not a host of this cloud.`,
          'Check the names and the cloud in the spec.',
        );
      if (originOf(request.url) !== own)
        throw new BrokenOff(
          `was given up: an answer of ${own} points to ${originOf(request.url) || 'no address'}, and its token goes nowhere else.`,
          'Nothing was sent there. Look whether something between this machine and Azure changes answers, such as a proxy.',
        );
      return next(request);
    },
  };
}
