import type { Command } from 'commander';
import { type Service, services } from '../../certificate/problems.ts';
import type { CertificateFacts, Inspection } from '../../certificate/shown.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { localTime, withLocalTimes } from '../times.ts';
import { readSmallFile } from './new-files.ts';
import { addPasswordOptions, askedPassword, givenPassword, type PasswordOptions } from './password.ts';

interface Options extends PasswordOptions {
  for: Service[];
  json?: true;
}

const serviceNames: Readonly<Record<Service, string>> = {
  'logic-apps': 'Logic Apps',
  'app-service': 'App Service',
  entra: 'Entra ID',
};

export function configure(command: Command, context: CommandContext) {
  command.argument('<file>', 'PFX, its base64 text, certificate (.cer, .crt), PEM or PKCS#7').addOption(
    command
      .createOption('--for <services...>', 'whose opinion counts for the exit code')
      .choices(services)
      .default([...services]),
  );
  addPasswordOptions(command, 'the password of the file');
  command
    .option('--json', 'print the result as JSON')
    .action(context.run((file: string, options: Options) => run(file, options, context)));
  examples(command, [
    ['certflow cert inspect hr.pfx', 'asks for its password'],
    ['certflow cert inspect hr.cer --for entra', 'is it fit for the app registration?'],
    ['certflow cert inspect hr.pfx --password-env PFX_PASSWORD --json', 'in a pipeline'],
  ]);
}

async function run(path: string, options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const given = givenPassword(options, context)?.value;
  const bytes = readSmallFile(path);
  const { inspectCertificate } = await import('../../certificate/index.ts');
  const look = (password: string | undefined) => inspectCertificate(bytes, password === undefined ? {} : { password });
  let inspection = look(given);
  if (given === undefined && inspection.problems.some(({ name }) => name === 'password-needed')) {
    const asked = await askedPassword(path, context);
    if (asked !== undefined) inspection = look(asked);
  }
  const isUnfit = inspection.problems.some(
    ({ severity, services: minding }) => severity === 'error' && concerns(minding, options.for),
  );
  if (options.json) output.json({ file: path, fit: !isUnfit, ...inspection });
  else output.result([path, ...facts(inspection), ...opinions(inspection, options.for)]);
  return isUnfit ? 1 : 0;
}

/** What stands in the way of opening a file concerns everyone. */
function concerns(minding: readonly Service[], asked: readonly Service[]): boolean {
  return minding.length === 0 || minding.some((service) => asked.includes(service));
}

const wrapped: Readonly<Record<Inspection['wrappings'][number], string>> = {
  base64: 'as base64 text',
  base64url: 'as base64url text',
  'base64-lines': 'as base64 text between lines',
  quotes: 'in quotes',
  answer: 'in an answer of Key Vault',
};

function facts(inspection: Inspection): string[] {
  const { certificate, chain, pfx, kind, wrappings, friendlyName } = inspection;
  const file = `${kind.toUpperCase()}${pfx ? `, encoding ${pfx.encoding}: ${[...pfx.ciphers, pfx.mac ?? 'no MAC'].join('; ')}` : ''}`;
  return [
    line('file', [file, ...wrappings.toReversed().map((wrapping) => wrapped[wrapping])].join(', ')),
    ...(friendlyName ? [line('name', friendlyName)] : []),
    ...(certificate ? certificateLines(certificate, inspection) : []),
    ...chain.map(({ subject, notAfter }) => line('issued by', `${subject}, until ${localTime(notAfter)}`)),
  ];
}

function certificateLines(certificate: CertificateFacts, { hasPrivateKey }: Inspection): string[] {
  const { subject, issuer, isSelfSigned, notBefore, notAfter, daysLeft, status, serialNumber, key, thumbprints } = certificate;
  const { sha1, sha256 } = thumbprints;
  const length = key.bits ? `, ${key.bits} bits` : key.curve ? `, ${key.curve}` : '';
  return [
    line('subject', subject),
    line('issuer', isSelfSigned ? 'itself' : issuer),
    line('valid', `${localTime(notBefore)} to ${localTime(notAfter)}: ${status === 'valid' ? `${daysLeft} days left` : status}`),
    line('serial', serialNumber),
    line('key', `${key.algorithm}${length}, ${hasPrivateKey ? 'with' : 'without'} its private part`),
    line('SHA-1', `${sha1.hex}  as portals show it`),
    line('', `${sha1.base64}  customKeyIdentifier in Graph`),
    line('', `${sha1.base64url}  x5t`),
    line('SHA-256', sha256.hex),
    line('', sha256.base64),
    line('', `${sha256.base64url}  x5t#S256`),
  ];
}

/** A problem that only others mind than those who were asked for is a note. */
function opinions({ verdicts, problems, hasPrivateKey }: Inspection, asked: readonly Service[]): string[] {
  // The private key stays at home: what goes up is the certificate alone.
  const only = (service: Service) =>
    service === 'entra' && hasPrivateKey && verdicts.entra === 'accepts' ? ' its certificate; upload the .cer' : '';
  return [
    '',
    ...services.map((service) => line(serviceNames[service], `${verdicts[service]}${only(service)}`)),
    ...problems.flatMap(({ severity, services: minding, message, help, name }) => [
      '',
      `${concerns(minding, asked) ? severity : 'note'}: ${withLocalTimes(message)} [${name}]${minding.length > 0 && minding.length < services.length ? ` (${minding.map((service) => serviceNames[service]).join(', ')})` : ''}`,
      `  help: ${help}`,
    ]),
  ];
}

function line(name: string, value: string): string {
  return `  ${name.padEnd(12)} ${value}`;
}
