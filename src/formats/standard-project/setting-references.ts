import { walkStrings } from '../../definition/walk.ts';
import { isPlaceholder } from '../../diagnostics/placeholder.ts';
import { suggest } from '../../diagnostics/words.ts';
import { listReferencesIn } from '../../expression/references.ts';
import { isTemplate } from '../../expression/template.ts';
import { toPointer } from '../../json/pointer.ts';
import type { DocumentFiles } from '../reading/document-files.ts';
import { appSettings } from '../reading/package-rules.ts';

interface Known {
  /** Names in local.settings.json; undefined where that file is not there. */
  readonly settings: readonly string[] | undefined;
  /** Names in parameters.json; undefined where that file is not there. */
  readonly parameters: readonly string[] | undefined;
}

/** What the platform gives every app. Source: docs/facts/standard-project.md#app-settings. */
const ofPlatform = /^(?:WEBSITE_|APPSETTING_|AZURE_|REGION_NAME$|HOME$)/i;

/** Tells of app settings and parameters that a file of the app reads, and that nothing gives. */
export function checkReferences(reading: DocumentFiles, path: string, value: unknown, known: Known) {
  walkStrings(value, [], (text, keys) => {
    if (!(known.parameters ? /appsetting|parameters/i : /appsetting/i).test(text) || !isTemplate(text)) return;
    for (const { kind, name, start, end } of listReferencesIn(text)) {
      if (name === undefined || isPlaceholder(name)) continue;
      const isSetting = kind === 'appSetting';
      const names = isSetting ? known.settings : kind === 'parameter' ? known.parameters : undefined;
      const isGiven = names?.some((each) => each.toLowerCase() === name.toLowerCase()) ?? true;
      if (isGiven || (isSetting && ofPlatform.test(name))) continue;
      reading.report(appSettings, {
        path,
        at: toPointer(keys),
        part: { start, end },
        message: isSetting
          ? `the app setting "${name}" is not in local.settings.json`
          : `parameters.json has no parameter "${name}"`,
        help: isSetting
          ? near(name, names, 'add it there, and to the settings of the app in Azure')
          : near(name, names, 'add it with its type and value'),
      });
    }
  });
}

function near(name: string, names: readonly string[] | undefined, otherwise: string): string {
  const help = suggest(name, (names ?? []).slice(0, mostNames));
  return help.startsWith('did you mean') ? help : otherwise;
}

/** Of more names none is looked for that is near. */
const mostNames = 500;
