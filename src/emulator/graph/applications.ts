import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { addApplication, addServicePrincipal, applicationByAppId, principalByAppId } from '../entra/directory.ts';
import { noContent, ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Application, AppRole, KeyCredential } from '../state.ts';
import type { World } from '../world.ts';
import { checkNameFree, deleteApplication } from './deleted-items.ts';
import { written, writtenCredentials } from './key-credentials.ts';
import { allow } from './permissions.ts';
import { checkProof } from './proof.ts';
import { collection, filtered, notFound, selected } from './query.ts';

/** App registrations. Requests and answers: docs/facts/certificates.md#microsoft-graph. */
export function applicationRoutes(world: World): Routes {
  const { state } = world;
  const found = ({ params }: Call): Application => {
    const { id = '', appId, uniqueName } = params;
    if (uniqueName !== undefined) return named(uniqueName) ?? notFound(uniqueName);
    const application = appId === undefined ? state.applications.get(id.toLowerCase()) : applicationByAppId(state, appId);
    return application ?? notFound(appId ?? id);
  };
  const named = (uniqueName: string) => [...state.applications.values()].find((one) => one.uniqueName === uniqueName);
  const get = (call: Call) => {
    allow(call.caller, 'readApplications');
    const isKeyAsked = /\bkeyCredentials\b/.test(call.url.searchParams.get('$select') ?? '');
    const application = found(call);
    return ok(selected(call, isKeyAsked ? application : withoutKeys(application)));
  };
  const patch = (call: Call) => {
    allow(call.caller, 'writeApplications');
    const application = found(call);
    state.applications.set(application.id, { ...application, ...changes(call.json(), application.keyCredentials) });
    return noContent;
  };
  return {
    'GET /v1.0/applications': (call) => {
      allow(call.caller, 'readApplications');
      return ok(collection(call, 'applications', filtered(call, [...state.applications.values()]).map(withoutKeys)));
    },
    'POST /v1.0/applications': (call) => {
      allow(call.caller, 'writeApplications');
      const given = call.json();
      const made = addApplication(state, { ...changes(given, []), displayName: displayNameIn(given) });
      return { status: 201, body: withoutKeys(made) };
    },
    // Source: Microsoft's Graph reference, "Upsert application".
    "PATCH /v1.0/applications(uniqueName='{uniqueName}')": (call) => {
      const { uniqueName = '' } = call.params;
      const isUpsert = /\bcreate-if-missing\b/i.test(call.headers.prefer ?? '');
      if (!isUpsert || named(uniqueName) !== undefined) return patch(call);
      allow(call.caller, 'writeApplications');
      checkNameFree(world, uniqueName);
      const given = call.json();
      const made = addApplication(state, { ...changes(given, []), displayName: displayNameIn(given), uniqueName });
      return { status: 201, body: withoutKeys(made) };
    },
    "GET /v1.0/applications(uniqueName='{uniqueName}')": get,
    "GET /v1.0/applications(appId='{appId}')": get,
    "PATCH /v1.0/applications(appId='{appId}')": patch,
    'GET /v1.0/applications/{id}': get,
    'PATCH /v1.0/applications/{id}': patch,
    'DELETE /v1.0/applications/{id}': (call) => {
      allow(call.caller, 'writeApplications');
      deleteApplication(state, found(call));
      return noContent;
    },
    // An application rolls its own certificates with no permission at all, but for a proof that it holds one.
    'POST /v1.0/applications/{id}/addKey': async (call) => {
      await checkProof(call, found(call));
      // As it is after the proof: somebody may have written it meanwhile.
      const application = found(call);
      const added = written(call.json().keyCredential);
      state.applications.set(application.id, { ...application, keyCredentials: [...application.keyCredentials, added] });
      return ok({ ...added, key: null });
    },
    'POST /v1.0/applications/{id}/removeKey': async (call) => {
      await checkProof(call, found(call));
      const application = found(call);
      const { keyId } = call.json();
      const keyCredentials = application.keyCredentials.filter((one) => one.keyId !== keyId);
      if (keyCredentials.length === application.keyCredentials.length)
        refuse(400, 'Request_BadRequest', `No credentials found to be removed: '${keyId}'.`);
      state.applications.set(application.id, { ...application, keyCredentials });
      return noContent;
    },
    'POST /v1.0/servicePrincipals': (call) => {
      allow(call.caller, 'writeApplications');
      const appId = String(call.json().appId);
      const application = applicationByAppId(state, appId);
      if (application === undefined)
        refuse(
          400,
          'Request_BadRequest',
          `The appId '${appId}' of the service principal does not reference a valid application object.`,
        );
      if (principalByAppId(state, appId))
        refuse(
          409,
          'Request_MultipleObjectsWithSameKeyValue',
          `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
        );
      return { status: 201, body: addServicePrincipal(state, application) };
    },
  };
}

function displayNameIn({ displayName }: Readonly<Record<string, unknown>>): string {
  if (typeof displayName === 'string' && displayName !== '') return displayName;
  refuse(400, 'Request_BadRequest', "A value is required for property 'displayName' of resource 'Application'.");
}

/** In lists and without `$select`, a certificate is not shown. */
function withoutKeys(application: Application): object {
  return { ...application, keyCredentials: application.keyCredentials.map((one: KeyCredential) => ({ ...one, key: null })) };
}

/** The properties that may be written. */
function changes(
  given: Readonly<Record<string, unknown>>,
  before: readonly KeyCredential[],
): Partial<Omit<Application, 'uniqueName'>> {
  const { displayName, signInAudience, identifierUris, appRoles, requiredResourceAccess, keyCredentials, tags } = given;
  if (isObject(given) && member(given, 'passwordCredentials') !== undefined)
    refuse(400, 'Request_BadRequest', 'Passwords of an application are added by addPassword, which the emulator does not have.');
  return {
    ...(typeof displayName === 'string' && { displayName }),
    ...(typeof signInAudience === 'string' && { signInAudience }),
    ...(Array.isArray(identifierUris) && { identifierUris: identifierUris.map(String) }),
    ...(Array.isArray(appRoles) && { appRoles: appRoles as AppRole[] }),
    ...(Array.isArray(requiredResourceAccess) && { requiredResourceAccess }),
    ...(Array.isArray(tags) && { tags: tags.map(String) }),
    ...(keyCredentials !== undefined && { keyCredentials: writtenCredentials(keyCredentials, before) }),
  };
}
