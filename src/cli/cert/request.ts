import type { Command } from 'commander';
import type { KeyLength } from '../../certificate/key-length.ts';
import { refuseExisting } from '../../disk/write.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { basePath, nameOf, writeCertificateFiles } from './new-files.ts';
import { report, subjectOptions } from './options.ts';
import { addNewPasswordOptions, addPasswordOptions, chosenPassword, givenPassword, type PasswordOptions } from './password.ts';

interface Options extends PasswordOptions {
  subject: string;
  bits: string;
  out: string;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  subjectOptions(command).option('-o, --out <path>', 'folder to write to, or path and name without extension', '.');
  addPasswordOptions(command, 'the password for the private key');
  addNewPasswordOptions(command, 'the private key');
  command.option('--json', 'print the result as JSON').action(context.run((options: Options) => run(options, context)));
  examples(command, [
    ['certflow cert request --subject "CN=HR lists reader, O=Contoso"', 'asks for a password; writes .csr and .key'],
  ]);
}

async function run(options: Options, context: CommandContext): Promise<ExitCode> {
  const given = givenPassword(options, context);
  const base = basePath(options.out, nameOf(options.subject));
  refuseExisting([`${base}.csr`, `${base}.key`]);
  const password = await chosenPassword(given, context);
  const { createRequest, privateKeyToPem, toPem } = await import('../../certificate/index.ts');
  const { privateKey, request } = await createRequest({ subject: options.subject, bits: Number(options.bits) as KeyLength });
  const files = [
    { path: `${base}.csr`, contents: toPem('CERTIFICATE REQUEST', request), isSecret: false },
    { path: `${base}.key`, contents: privateKeyToPem(privateKey, password.value), isSecret: true },
  ];
  const ignoring = writeCertificateFiles(files);
  report(context.output, options, { files, ignoring, password });
  if (!options.json)
    context.output.note(
      `Send ${base}.csr to the CA and keep ${base}.key. With its answer: "certflow cert complete <answer> --key ${base}.key"`,
    );
  return 0;
}
