import { authenticationOf, authenticationType } from '../../../definition/authentication.ts';
import type { Rule } from '../../rule.ts';

const setting = 'WEBSITE_LOAD_USER_PROFILE';

export const loadUserProfile: Rule = {
  name: 'load-user-profile',
  severity: 'warning',
  category: 'correctness',
  summary: `A Standard app that signs in with a certificate has the setting ${setting}`,
  check: ({ actions, surroundings: { host, appSettings } }, report) => {
    if (host !== 'standard' || appSettings === undefined || appSettings.some((name) => name.toUpperCase() === setting)) return;
    for (const { node: action, name, pointer } of actions) {
      const authentication = authenticationOf(action);
      if (!authentication?.pfx || !certificateTypes.has(authenticationType(authentication))) continue;
      report({
        pointer: `${pointer}/inputs/authentication/pfx`,
        part: 'key',
        message: `"${name}" signs in with a certificate, and ${setting} is not among the settings of the app: the certificate cannot be loaded`,
        help: `set ${setting} to 1 in local.settings.json, and in the app's settings in Azure`,
      });
    }
  },
};

const certificateTypes: ReadonlySet<string> = new Set(['activedirectoryoauth', 'clientcertificate']);
