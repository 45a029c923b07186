import { type Command, InvalidArgumentError } from 'commander';
import type { KeyLength } from '../../certificate/key-length.ts';
import type { PfxEncoding } from '../../certificate/pfx/encoding.ts';
import { refuseExisting } from '../../disk/write.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { basePath, nameOf, writeCertificateFiles } from './new-files.ts';
import { encodingOption, keyFilePaths, keyFiles, report, subjectOptions } from './options.ts';
import { addNewPasswordOptions, addPasswordOptions, chosenPassword, givenPassword, type PasswordOptions } from './password.ts';

interface Options extends PasswordOptions {
  subject: string;
  out: string;
  days: number;
  bits: string;
  encoding: PfxEncoding;
  pem?: true;
  json?: true;
}

/** More than the tenants' usual limit has to be asked for. */
const usualDays = 365;

export function configure(command: Command, context: CommandContext) {
  subjectOptions(command)
    .option('-o, --out <path>', 'folder to write to, or path and name without extension', '.')
    .option('--days <number>', 'how long it is valid; many tenants refuse more than a year', days, usualDays)
    .addOption(encodingOption(command))
    .option('--pem', 'write key and certificate as PEM too');
  addPasswordOptions(command, 'the password for the private key');
  addNewPasswordOptions(command, 'the private key');
  command.option('--json', 'print the result as JSON').action(context.run((options: Options) => run(options, context)));
  examples(command, [
    ['certflow cert create --subject "CN=HR lists reader"', 'asks for a password; writes hr-lists-reader.cer and .pfx'],
    ['certflow cert create --subject CN=hr --out certs/ --generate-password', 'shows the password once'],
    ['certflow cert create --subject CN=hr --password-env PFX_PASSWORD --json', 'in a pipeline'],
  ]);
}

async function run(options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const given = givenPassword(options, context);
  const base = basePath(options.out, nameOf(options.subject));
  refuseExisting(keyFilePaths(base, options));
  const password = await chosenPassword(given, context);
  const certificates = await import('../../certificate/index.ts');
  const { subject, days, bits, encoding } = options;
  const made = await certificates.createCertificate({ subject, days, bits: Number(bits) as KeyLength });
  const files = keyFiles(certificates, made, {
    base,
    password: password.value,
    encoding,
    pem: options.pem === true,
    friendlyName: nameOf(subject),
  });
  const ignoring = writeCertificateFiles(files);
  report(output, options, {
    files,
    ignoring,
    certificate: certificates.factsOf(made.certificate, new Date()),
    encoding,
    password,
  });
  if (!options.json) {
    if (days > usualDays)
      output.note(
        `It is valid for ${days} days. Tenants may refuse more than ${usualDays} (CredentialInvalidLifetimeAsPerAppPolicy), and audit tools flag it.`,
      );
    output.note('Next: the .cer goes to the app registration in Entra ID, the .pfx into the key vault.');
  }
  return 0;
}

function days(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is a number of whole days.');
  return Number(text);
}
