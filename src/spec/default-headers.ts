import { knownService } from '../cloud/clouds.ts';
import { fixedAddress } from './addresses.ts';
import type { Address, Request } from './spec.ts';

/** The kind of JSON that SharePoint is asked for where a request does not say: without the header it answers XML. Source: docs/facts/sign-in.md#sharepoints-answers. */
const accept = 'application/json;odata=nometadata';

/** The headers of a request, with `accept` where it goes to SharePoint's REST service in every environment and names none itself. */
export function withDefaultHeaders(request: Request, addresses: readonly (Address | undefined)[]): Request {
  const names = Object.keys(request.headers ?? {});
  if (names.some((name) => name.toLowerCase() === 'accept') || addresses.length === 0 || !addresses.every(isSharePointRest))
    return request;
  return { ...request, headers: { ...request.headers, accept } };
}

function isSharePointRest(address: Address | undefined): boolean {
  const fixed = address && fixedAddress(address.url);
  if (fixed === undefined || !URL.canParse(fixed)) return false;
  const { hostname, pathname } = new URL(fixed);
  return knownService(hostname)?.service === 'sharepoint' && /\/_api(?:\/|$)/i.test(pathname);
}
