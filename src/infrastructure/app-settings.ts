import type { Module, Resource } from './model.ts';
import { type Known, resolve } from './resolve.ts';
import { Computed, concatenation, parameter, type Value } from './value.ts';

/** Settings of an app, by name. */
export type AppSettings = Readonly<Record<string, Value>>;

/** The settings whose values are known before they are deployed. */
export function knownSettings(settings: AppSettings, known: Known): Record<string, string> {
  const values = Object.entries(settings).map(([name, value]) => [name, resolve(value, known)] as const);
  return Object.fromEntries(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

/**
 * The settings of an app with those that it has: a deployment that names settings replaces all of them. What is listed, and what is
 * added, may hold secrets, so both travel as secure objects. Source: docs/facts/resource-manager.md#access.
 */
export function appSettingsModule(site: Resource, settings: AppSettings, vaultAccess: Module['after']): AppSettingsModule {
  const current: Resource = { ...settingsOf(site), symbol: 'currentSettings' };
  const module: Module = {
    kind: 'module',
    symbol: 'appSettings',
    file: 'app-settings',
    title: 'adds settings to those that an app has. A deployment of settings alone would replace them all.',
    name: concatenation([parameter('siteName'), '-app-settings'], 64),
    parameters: [
      { name: 'siteName', type: 'string', description: 'Name of the app', value: parameter('siteName') },
      {
        name: 'currentAppSettings',
        type: 'secureObject',
        description: 'All settings that the app has now',
        value: new Computed({ kind: 'listed', of: current }),
      },
      { name: 'appSettings', type: 'secureObject', description: 'The settings to add or change', value: settings },
    ],
    existing: [innerSite],
    deployed: [
      {
        ...settingsOf(innerSite),
        members: {
          properties: new Computed({ kind: 'union', of: [parameter('currentAppSettings'), parameter('appSettings')] }),
        },
      },
    ],
    ...(vaultAccess && { after: vaultAccess }),
  };
  return { module, current };
}

export interface AppSettingsModule {
  readonly module: Module;
  /** The settings that the app has, which are looked up. */
  readonly current: Resource;
}

const innerSite: Resource = {
  kind: 'resource',
  symbol: 'site',
  type: 'Microsoft.Web/sites',
  name: parameter('siteName'),
};

function settingsOf(site: Resource): Resource {
  return { kind: 'resource', symbol: 'settings', type: 'Microsoft.Web/sites/config', name: 'appsettings', parent: site };
}
