import { expressionsOf, referenceOf } from '../../../expression/references.ts';
import type { Rule } from '../../rule.ts';
import { vaultRead } from '../../vault-read.ts';

export const vaultCertificatePassword: Rule = {
  name: 'vault-certificate-password',
  severity: 'info',
  category: 'correctness',
  summary: 'A certificate that is read from Key Vault has an empty password',
  check: (subject, report) => {
    for (const type of ['activedirectoryoauth', 'clientcertificate'])
      for (const { authentication, pointer, entry } of subject.signIns(type)) {
        const { password } = authentication;
        if (password === undefined || password === null || password === '') continue;
        if (subject.knownText(password, `${pointer}/password`) === '') continue;
        const template = subject.templateAt(`${pointer}/pfx`)?.template;
        const [expression] = template ? expressionsOf(template) : [];
        const reference = expression?.kind === 'call' ? referenceOf(expression) : undefined;
        const source =
          reference?.kind === 'action' && reference.name !== undefined ? subject.actionNamed(reference.name) : undefined;
        const read = source && vaultRead(subject, source);
        if (read?.collection !== 'secrets' || read.part !== 'value') continue;
        report({
          pointer: `${pointer}/password`,
          part: 'key',
          message: `"${entry.name}" gives a password with a certificate of the vault, and a certificate has none any more when it comes out of a vault`,
          help: 'write "password": ""; only a PFX that was put into the vault as a plain secret keeps its own',
        });
      }
  },
};
