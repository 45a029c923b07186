import type { JsonObject } from '../../definition/definition.ts';
import { escapeArm } from '../arm/escape.ts';
import type { TemplateParameter } from '../template-parameter.ts';

/** One setting of an app: the value of a template parameter, or a fixed one. */
export type AppSetting = { readonly name: string } & ({ readonly parameter: string } | { readonly value: string });

/** The settings with their values in an environment, by name. */
export function settingValues(settings: readonly AppSetting[], parameters: readonly TemplateParameter[]): Record<string, string> {
  const values = new Map(parameters.map(({ name, value }) => [name, String(value)]));
  return Object.fromEntries(
    settings.map((setting) => [setting.name, 'value' in setting ? setting.value : (values.get(setting.parameter) ?? '')]),
  );
}

/** The settings as an ARM template has them. */
export function armSettings(settings: readonly AppSetting[]): JsonObject {
  return Object.fromEntries(
    settings.map((setting) => [
      setting.name,
      'value' in setting ? escapeArm(setting.value) : `[parameters('${setting.parameter}')]`,
    ]),
  );
}

/** The settings as templates of Bicep files take them. */
export function bicepSettings(settings: readonly AppSetting[]) {
  return settings.map((setting) => ({ parameter: '', value: '', ...setting }));
}
