import type { X509Certificate } from 'node:crypto';
import { createCertificate } from '../../certificate/index.ts';
import { type CertificateFile, type Finding, present, type Step } from '../plan.ts';
import type { AnyScene } from '../scene.ts';

/** The certificate of a developer's machine: in the file that is there, or made new. Its key never leaves this machine. */
export function fileStep(scene: AnyScene, { path, write }: CertificateFile): Step {
  return {
    part: 'file',
    name: `certificate file ${path}`,
    look: async () => {
      if (scene.given) return judged(scene.given.certificate);
      return {
        state: 'to create',
        detail: 'key and certificate for a year; only its public part leaves this machine',
        apply: async () => {
          const made = await createCertificate({ subject: scene.wanted.certificate.subject });
          await write(made);
          scene.setCertificate(made.certificate.raw);
          return undefined;
        },
      };
    },
  };
}

function judged(certificate: X509Certificate): Finding {
  const { subject, validToDate } = certificate;
  const end = validToDate.toISOString().slice(0, 10);
  if (validToDate.getTime() < Date.now())
    return { state: 'blocked', detail: `it ended on ${end}: move it away, and a new one is made` };
  return present(`${subject.replaceAll('\n', ', ')}, until ${end}`);
}
