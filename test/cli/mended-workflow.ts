import { plainDefinition } from '../folder.ts';

/** A workflow with three mistakes that `--fix` mends: Get secret shows its outputs, the authority has a path, and the PFX is encoded twice. */
export function workflowToMend(more: {
  readonly authentication: object;
  readonly parameters?: object;
  readonly call?: object;
  readonly actions?: object;
}) {
  return {
    ...plainDefinition,
    parameters: { $connections: { type: 'Object', defaultValue: {} }, ...more.parameters },
    actions: {
      Get_secret: {
        type: 'ApiConnection',
        inputs: {
          host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } },
          method: 'get',
          path: '/secrets/x/value',
        },
        runAfter: {},
      },
      Call: {
        type: 'Http',
        inputs: {
          method: 'GET',
          uri: 'https://graph.microsoft.com/v1.0/me',
          authentication: {
            type: 'ActiveDirectoryOAuth',
            authority: 'https://login.microsoftonline.com/contoso.com',
            tenant: 'contoso.com',
            clientId: '22222222-2222-2222-2222-222222222222',
            audience: 'https://graph.microsoft.com',
            pfx: "@base64(body('Get_secret')?['value'])",
            ...more.authentication,
          },
        },
        runAfter: { Get_secret: ['Succeeded'] },
        ...more.call,
      },
      ...more.actions,
    },
  };
}
