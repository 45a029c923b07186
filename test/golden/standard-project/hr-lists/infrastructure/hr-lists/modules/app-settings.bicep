// Made by certflow: adds settings to those that an app has. A deployment of settings alone would replace them all.
targetScope = 'resourceGroup'

@description('Name of the app')
param siteName string

@description('All settings that the app has now')
@secure()
param currentAppSettings object

@description('The settings to add or change')
@secure()
param appSettings object

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: siteName
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  name: 'appsettings'
  parent: site
  properties: union(currentAppSettings, appSettings)
}
