import { readAudience } from '../../../cloud/audiences.ts';
import type { Rule } from '../../rule.ts';
import { type TokenRequest, tokenRequestsOf } from '../../sign-ins/token-request.ts';

export const tokenRequest: Rule = {
  name: 'token-request',
  severity: 'warning',
  category: 'correctness',
  summary: 'A request for a token that is made by hand asks for one API as a whole: a scope that ends in /.default',
  check: (subject, report) => {
    for (const request of tokenRequestsOf(subject)) {
      // Those of people take other scopes.
      const problem = request.service === 'entra' && request.grant === 'client_credentials' ? problemOf(request) : undefined;
      if (problem) report({ pointer: request.bodyPointer, ...problem });
    }
  },
};

function problemOf({ operation, version, has, field }: TokenRequest): { message: string; help: string } | undefined {
  const [scope, resource] = [field('scope'), field('resource')];
  if (version === 2 && has('resource') && !has('scope'))
    return {
      message: `"${operation.name}" asks with resource, which this address does not take (AADSTS901002)`,
      help: 'write scope=<audience>/.default instead of resource',
    };
  if (version === 2 && scope !== undefined && !/^\S+\/\.default$/i.test(scope))
    return {
      message: `"${operation.name}" asks as an application for a scope of a person (AADSTS1002012 or AADSTS70011)`,
      help: `write scope=${apiOf(scope)}/.default: the application has the roles that an administrator consented to`,
    };
  const audience = version === 2 ? scope?.replace(/\/\.default$/i, '') : resource;
  const reading = audience === undefined ? undefined : readAudience(audience);
  if (reading && 'mended' in reading && reading.mended !== undefined && `${reading.audience}/` !== audience)
    return { message: reading.mended, help: `write ${reading.audience}${version === 2 ? '/.default' : ''}` };
  return undefined;
}

/** The API of the first scope: `https://graph.microsoft.com` of `https://graph.microsoft.com/User.Read.All`; a bare one is Graph's. */
function apiOf(scope: string): string {
  const [first = ''] = scope.split(/\s+/);
  const slash = first.lastIndexOf('/');
  const isAddress = /^(?:https?|api):\/\/[^/]+/i.exec(first)?.[0];
  if (isAddress === undefined) return slash > 0 ? first.slice(0, slash) : 'https://graph.microsoft.com';
  return slash > isAddress.indexOf('//') + 1 ? first.slice(0, slash) : first;
}
