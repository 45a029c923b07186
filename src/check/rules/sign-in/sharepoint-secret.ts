import { isSharePointAudience } from '../../../cloud/audiences.ts';
import { knownService } from '../../../cloud/clouds.ts';
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
      const audience = signIn.value('audience')?.text ?? '';
      const isSharePoint =
        way === 'group' && signIn.host !== undefined
          ? knownService(signIn.host)?.service === 'sharepoint'
          : isSharePointAudience(audience);
      if (!secret || secret.written === '' || secret.written === null) continue;
      if (!isSharePoint) continue;
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
