/** The JSON of a package with what is the same in all of ours, in the order of keys that exports have; what is empty here is filled in. */

export const manifestSkeleton = (packageTelemetryId: string) => ({
  schema: '1.0',
  details: {
    displayName: '',
    description: '',
    createdTime: '2020-01-01T00:00:00.0000000Z',
    packageTelemetryId,
    creator: 'N/A',
    sourceEnvironment: '',
  },
  resources: {},
});

export const flowResourceSkeleton = {
  type: 'Microsoft.Flow/flows',
  suggestedCreationType: 'New',
  creationType: 'Existing, New, Update',
  details: {},
  configurableBy: 'User',
  hierarchy: 'Root',
  dependsOn: [],
};

export const apiResourceSkeleton = {
  id: '',
  name: '',
  type: 'Microsoft.PowerApps/apis',
  suggestedCreationType: 'Existing',
  details: {},
  configurableBy: 'System',
  hierarchy: 'Child',
  dependsOn: [],
};

export const connectionResourceSkeleton = {
  type: 'Microsoft.PowerApps/apis/connections',
  suggestedCreationType: 'Existing',
  creationType: 'Existing',
  details: {},
  configurableBy: 'User',
  hierarchy: 'Child',
  dependsOn: [],
};

export const flowSkeleton = {
  name: '',
  id: '',
  type: 'Microsoft.Flow/flows',
  properties: {
    apiId: '/providers/Microsoft.PowerApps/apis/shared_logicflows',
    displayName: '',
    definition: {},
    connectionReferences: {},
    flowFailureAlertSubscribed: false,
    isManaged: false,
  },
};
