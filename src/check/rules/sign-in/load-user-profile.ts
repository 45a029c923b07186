import type { Rule } from '../../rule.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';

const setting = 'WEBSITE_LOAD_USER_PROFILE';

export const loadUserProfile: Rule = {
  name: 'load-user-profile',
  severity: 'warning',
  category: 'correctness',
  summary: `A Standard app that signs in with a certificate has the setting ${setting}`,
  check: (subject, report) => {
    const { host, appSettings } = subject.surroundings;
    if (host !== 'standard' || appSettings === undefined || appSettings.some((name) => name.toUpperCase() === setting)) return;
    for (const signIn of groupSignIns(subject, 'activedirectoryoauth', 'clientcertificate')) {
      const pfx = signIn.value('pfx');
      if (!pfx?.written) continue;
      report({
        pointer: pfx.pointer,
        in: signIn.in,
        part: 'key',
        message: `"${signIn.name}" signs in with a certificate, and ${setting} is not among the settings of the app: the certificate cannot be loaded`,
        about: { others: [signIn.name] },
        help: `set ${setting} to 1 in local.settings.json, and in the app's settings in Azure`,
      });
    }
  },
};
