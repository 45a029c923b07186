/** Microsoft's own APIs that a spec calls by a short name. The ids are the same in every tenant and cloud (Microsoft's list of first-party applications). */
export const knownApis = {
  graph: { name: 'Microsoft Graph', appId: '00000003-0000-0000-c000-000000000000' },
  sharepoint: { name: 'SharePoint', appId: '00000003-0000-0ff1-ce00-000000000000' },
} as const;
