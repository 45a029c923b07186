import type { WantedToSignIn } from '../wanted.ts';
import { file, ps, sh } from './quote.ts';
import type { GuideStep } from './step.ts';

/** The certificate of a developer's machine, in a file whose key never leaves it. */
export function fileSteps({ certificate, environment }: WantedToSignIn): GuideStep[] {
  const { name, subject } = certificate;
  const [pfx, cer, pem] = [file(`${name}.pfx`), file(`${name}.cer`), file(`${name}.pem`)];
  return [
    {
      title: `Make the certificate file ${name}.pfx`,
      why: `It holds the key with which the environment ${environment.name} signs in, and no other does. It stays on this machine, and out of git; a password for it is asked for.`,
      who: 'you, on your own machine',
      portal: ['There is no page for it: the command of certflow below makes it'],
      az: [
        `[ -e ${sh(pfx)} ] || certflow cert create --subject ${sh(subject)} --out ${sh(pfx)}`,
        '# The public part, in the form that the Azure CLI takes.',
        `openssl x509 -inform der -in ${sh(cer)} -out ${sh(pem)}`,
      ],
      powershell: [`if (-not (Test-Path ${ps(pfx)})) { certflow cert create --subject ${ps(subject)} --out ${ps(pfx)} }`],
    },
  ];
}
