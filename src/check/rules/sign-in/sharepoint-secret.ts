import { knownService } from '../../../cloud/clouds.ts';
import { hostOf } from '../../address.ts';
import type { Rule } from '../../rule.ts';
import { applicationSignIns } from '../../sign-ins/sign-ins.ts';

export const sharePointSecret: Rule = {
  name: 'sharepoint-secret',
  severity: 'warning',
  category: 'correctness',
  summary: 'An application signs in to SharePoint with a certificate: a client secret is refused',
  check: (subject, report) => {
    for (const signIn of applicationSignIns(subject)) {
      const { way, name } = signIn;
      const secret = signIn.value('secret');
      const audience = hostOf(signIn.value('audience')?.text ?? '');
      const host = way === 'group' ? (signIn.host ?? audience) : audience;
      if (!secret || secret.written === '' || secret.written === null) continue;
      if (host === undefined || knownService(host)?.service !== 'sharepoint') continue;
      if (way === 'group')
        report({
          pointer: secret.pointer,
          in: signIn.in,
          part: 'key',
          message: `"${name}" signs in to SharePoint with a client secret, and SharePoint takes only tokens that were asked for with a certificate`,
          help: 'sign in with pfx and "password": "" instead of secret',
        });
      else
        report({
          pointer: secret.pointer,
          message: `"${name}" asks for a token for SharePoint with a client secret, and SharePoint takes only tokens that were asked for with a certificate`,
          help: 'leave this action out, and let the call sign in: "type": "ActiveDirectoryOAuth" with pfx and "password": ""',
        });
    }
  },
};
