import { knownService } from './clouds.ts';

/** Words that name no single tenant. An application signing in by itself must name one (docs/facts/sign-in.md#audiences). */
const manyTenants = new Set(['common', 'organizations', 'consumers']);

/**
 * Why a text cannot be the tenant an application signs in to, or undefined if it can: a GUID or a domain name. `called` is what the
 * message calls it.
 */
export function tenantProblem(text: string, called = `"${text}"`): { message: string; help: string } | undefined {
  if (manyTenants.has(text.toLowerCase())) {
    return {
      message: `${called} names no single tenant, and an application that signs in by itself must name one`,
      help: 'write the tenant id (a GUID; Entra admin center, Overview) or a verified domain such as contoso.onmicrosoft.com',
    };
  }
  if (knownService(text)?.service === 'sharepoint') {
    const name = /^([a-z0-9-]+?)(?:-admin|-my)?\./i.exec(text)?.[1] ?? '';
    return {
      message: `${called} is an address of SharePoint, and no tenant (AADSTS90002)`,
      help: `write the tenant id (a GUID), or ${name}.onmicrosoft.com where that is its first domain`,
    };
  }
  if (
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ||
    /^(?=.{1,253}$)([a-z0-9](-*[a-z0-9])*\.)+[a-z]{2,}$/i.test(text)
  )
    return undefined;
  return {
    message: `${called} is neither a tenant id nor a domain name`,
    help: 'write a GUID, or a verified domain such as contoso.onmicrosoft.com',
  };
}
