import type { Application as GraphApplication } from '@microsoft/microsoft-graph-types';
import { rights } from '../cloud/rights.ts';
import { ifThere } from './attempt.ts';
import type { Azure } from './azure.ts';
import { type Application, listAll } from './graph.ts';
import { tellService } from './rest.ts';

/** Microsoft Graph v1.0 keeps a deleted application for thirty days (docs/facts/certificates.md#microsoft-graph). */
export interface DeletedApplication {
  /** Object id, by which it is restored. */
  readonly id: string;
  readonly appId: string;
  /** ISO 8601, where Graph says it. */
  readonly deleted?: string;
}

/** Deletes an application, and its service principal with it; one that is not there is no error. */
export async function deleteApplication(
  azure: Azure,
  { id, displayName }: Pick<Application, 'id' | 'displayName'>,
): Promise<void> {
  await ifThere(
    tellService(azure, azure.profile.graph, {
      tried: `deleting the app registration "${displayName}"`,
      right: rights.changeApplication,
      method: 'DELETE',
      path: `/v1.0/applications/${encodeURIComponent(id)}`,
    }),
  );
}

/**
 * The deleted application of a client id, or that keeps a unique name. The list is searched here: no page says that it can be asked by
 * these properties.
 */
export async function findDeletedApplication(
  azure: Azure,
  by: { readonly appId: string } | { readonly uniqueName: string },
): Promise<DeletedApplication | undefined> {
  const call = {
    tried: 'looking for a deleted app registration',
    right: rights.readApplications,
    path: '/v1.0/directory/deletedItems/microsoft.graph.application?$select=id,appId,uniqueName,deletedDateTime',
  };
  const isWanted = ({ appId, uniqueName }: GraphApplication) =>
    'appId' in by ? appId?.toLowerCase() === by.appId.toLowerCase() : uniqueName === by.uniqueName;
  const all = await listAll(azure, call, (one: GraphApplication) => (isWanted(one) ? toDeleted(one) : undefined));
  return all.find((one) => one !== undefined);
}

function toDeleted({ id, appId, deletedDateTime }: GraphApplication): DeletedApplication {
  return { id: id ?? '', appId: appId ?? '', ...(deletedDateTime ? { deleted: deletedDateTime } : {}) };
}
