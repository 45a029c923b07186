import { expressionsOf, referenceOf } from '../../../expression/references.ts';
import type { Rule } from '../../rule.ts';
import { groupSignIns } from '../../sign-ins/sign-ins.ts';
import { vaultRead } from '../../vault-read.ts';

export const vaultCertificatePassword: Rule = {
  name: 'vault-certificate-password',
  severity: 'info',
  category: 'correctness',
  summary: 'A certificate that is read from Key Vault has an empty password',
  check: (subject, report) => {
    for (const signIn of groupSignIns(subject, 'activedirectoryoauth', 'clientcertificate')) {
      const password = signIn.value('password');
      if (!password || !signIn.members.has('password') || password.text === '') continue;
      const template = subject.templateAt(signIn.value('pfx')?.pointer ?? '')?.template;
      const [expression] = template ? expressionsOf(template) : [];
      const reference = expression?.kind === 'call' ? referenceOf(expression) : undefined;
      const source =
        reference?.kind === 'action' && reference.name !== undefined ? subject.actionNamed(reference.name) : undefined;
      const read = source && vaultRead(subject, source);
      if (read?.collection !== 'secrets' || read.part !== 'value') continue;
      report({
        pointer: password.pointer,
        part: 'key',
        message: `"${signIn.name}" gives a password with a certificate of the vault, and a certificate has none any more when it comes out of a vault`,
        help: 'write "password": ""; only a PFX that was put into the vault as a plain secret keeps its own',
      });
    }
  },
};
