import type { KeyObject, X509Certificate } from 'node:crypto';
import { day } from '../proofs/links/certificate.ts';
import { type Link, ok, wrong } from '../proofs/proof.ts';

/** What a file holds with which somebody signs in. */
export interface FileContents {
  readonly path: string;
  readonly privateKey: KeyObject | undefined;
  readonly certificate: X509Certificate;
}

/** A certificate in a file: with its key, in date, and such as Entra ID takes. */
export function certificateFileLink({ path, privateKey, certificate }: FileContents): Link {
  return {
    link: 'certificate file',
    known: `${path} was opened on this machine`,
    look: async () => {
      const { subject, validFromDate, validToDate, publicKey } = certificate;
      const create = 'certflow cert create --help';
      if (privateKey === undefined)
        return wrong(
          'it holds no private key, without which nobody signs in',
          'Name the .pfx, not the .cer.',
          'certflow cert inspect --help',
        );
      if (!certificate.checkPrivateKey(privateKey))
        return wrong('its private key is not that of its certificate', 'Have a new one made.', create);
      if (publicKey.asymmetricKeyType !== 'rsa')
        return wrong(
          `its key is of type ${publicKey.asymmetricKeyType}, and sign-ins from a workflow take RSA`,
          'Have a new one made.',
          create,
        );
      if (validToDate.getTime() < Date.now()) return wrong(`it ended on ${day(validToDate)}`, 'Have a new one made.', create);
      if (validFromDate.getTime() > Date.now())
        return wrong(`it holds from ${day(validFromDate)} on only`, 'Wait until then, or have another one made.', create);
      return ok(`${subject.replaceAll('\n', ', ')}, until ${day(validToDate)}`);
    },
  };
}
