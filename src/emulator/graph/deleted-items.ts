import { principalByAppId } from '../entra/directory.ts';
import { noContent, ok, refuse } from '../http/answer.ts';
import type { Call, Routes } from '../http/router.ts';
import type { Application, DeletedApplication, State } from '../state.ts';
import type { World } from '../world.ts';
import { allow } from './permissions.ts';
import { collection, filtered, notFound, selected } from './query.ts';

/** Applications that were deleted: they can be restored for thirty days. Sources: docs/facts/certificates.md#microsoft-graph. */
export function deletedItemRoutes({ state }: World): Routes {
  const found = ({ params }: Call): DeletedApplication =>
    state.deletedApplications.get((params.id ?? '').toLowerCase()) ?? notFound(params.id);
  return {
    'GET /v1.0/directory/deletedItems/microsoft.graph.application': (call) => {
      allow(call.caller, 'readApplications');
      const items = [...state.deletedApplications.values()].map(shown);
      return ok(collection(call, 'directoryObjects', filtered(call, items)));
    },
    'POST /v1.0/directory/deletedItems/{id}/restore': (call) => {
      allow(call.caller, 'writeApplications');
      const { application, principal } = found(call);
      state.deletedApplications.delete(application.id);
      state.applications.set(application.id, application);
      if (principal) state.servicePrincipals.set(principal.id, principal);
      return ok({ '@odata.type': '#microsoft.graph.application', ...selected(call, application) });
    },
    'DELETE /v1.0/directory/deletedItems/{id}': (call) => {
      allow(call.caller, 'writeApplications');
      state.deletedApplications.delete(found(call).application.id);
      return noContent;
    },
  };
}

function shown({ application, deletedDateTime }: DeletedApplication) {
  const keyCredentials = application.keyCredentials.map((one) => ({ ...one, key: null }));
  return { ...application, keyCredentials, deletedDateTime };
}

/** Deletes an application, and its service principal with it. */
export function deleteApplication(state: State, application: Application) {
  const principal = principalByAppId(state, application.appId);
  state.applications.delete(application.id);
  if (principal) state.servicePrincipals.delete(principal.id);
  state.deletedApplications.set(application.id, {
    application,
    ...(principal && { principal }),
    deletedDateTime: new Date().toISOString(),
  });
}

/** Throws where a deleted application keeps a unique name. Source: microsoftgraph/msgraph-bicep-types#137. */
export function checkNameFree({ state }: World, uniqueName: string) {
  if ([...state.deletedApplications.values()].some(({ application }) => application.uniqueName === uniqueName))
    refuse(400, 'Request_BadRequest', 'Another object with the same value for property uniqueName already exists.');
}
