import { X509Certificate } from 'node:crypto';
import { addApplication, same } from '../entra/directory.ts';
import { type Answer, noContent, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Application, KeyCredential } from '../state.ts';
import type { World } from '../world.ts';
import { keyCredential } from './key-credentials.ts';
import { collection, entity, filterOf, needs, notFound, selectedOf } from './odata.ts';

const write = ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'];
const read = [...write, 'Application.Read.All', 'Directory.Read.All'];

export function applicationRoutes({ state }: World): Routes {
  const found = ({ params }: Call): Application => state.applications.get(params.id ?? '') ?? notFound(params.id ?? '');
  return {
    'GET /v1.0/applications': (call) => {
      needs(call, ...read);
      const filter = filterOf(call);
      const all = [...state.applications.values()].filter(
        (application) => !filter || same(String(application[filter.name as keyof Application] ?? ''), filter.value),
      );
      return collection(call, 'applications', all.map(withoutKeys));
    },
    'POST /v1.0/applications': (call) => {
      needs(call, ...write);
      const { displayName, signInAudience, requiredResourceAccess, keyCredentials } = call.json();
      if (typeof displayName !== 'string' || displayName === '')
        refuse(400, 'Request_BadRequest', "A value is required for property 'displayName' of resource 'Application'.");
      const application = addApplication(state, {
        displayName,
        ...(typeof signInAudience === 'string' ? { signInAudience } : {}),
        ...(Array.isArray(requiredResourceAccess) ? { requiredResourceAccess } : {}),
        ...(Array.isArray(keyCredentials) ? { keyCredentials: credentials([], keyCredentials) } : {}),
      });
      return entity(call, 'applications', withoutKeys(application), 201);
    },
    'GET /v1.0/applications/{id}': (call) => {
      needs(call, ...read);
      const application = found(call);
      // The public keys come only where they are asked for, and for a single application.
      return entity(call, 'applications', selectedOf(call)?.includes('keyCredentials') ? application : withoutKeys(application));
    },
    'PATCH /v1.0/applications/{id}': (call): Answer => {
      needs(call, ...write);
      const application = found(call);
      const { keyCredentials, requiredResourceAccess, displayName } = call.json();
      state.applications.set(application.id, {
        ...application,
        ...(typeof displayName === 'string' ? { displayName } : {}),
        ...(Array.isArray(requiredResourceAccess) ? { requiredResourceAccess } : {}),
        ...(Array.isArray(keyCredentials) ? { keyCredentials: credentials(application.keyCredentials, keyCredentials) } : {}),
      });
      return noContent;
    },
  };
}

function withoutKeys(application: Application): object {
  return { ...application, keyCredentials: application.keyCredentials.map((credential) => ({ ...credential, key: null })) };
}

/** The list that takes the place of the one there. An entry that is there already is known by its `keyId`; a new one brings its key. */
function credentials(there: readonly KeyCredential[], sent: readonly unknown[]): KeyCredential[] {
  return sent.map((one) => {
    const entry = one as Partial<KeyCredential>;
    const known = there.find(({ keyId }) => keyId === entry.keyId);
    if (known) return known;
    if (entry.type !== 'AsymmetricX509Cert' || entry.usage !== 'Verify')
      refuse(400, 'Request_BadRequest', 'Key credential type or usage is invalid.');
    const der = Buffer.from(String(entry.key ?? ''), 'base64');
    const certificate = certificateIn(der);
    if (entry.endDateTime !== undefined && Date.parse(entry.endDateTime) > certificate.validToDate.getTime())
      refuse(400, 'KeyCredentialsInvalidEndDate', 'Key credential end date is invalid.');
    return keyCredential(der, entry.displayName ?? certificate.subject);
  });
}

function certificateIn(der: Buffer): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    refuse(400, 'Request_BadRequest', 'The key of a key credential is no certificate.');
  }
}
