import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import type { PfxEncoding } from '../../certificate/pfx/encoding.ts';
import { refuseExisting } from '../../disk/write.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { basePath, readSmallFile, writeCertificateFiles } from './new-files.ts';
import { withPassword } from './open.ts';
import { encodingOption, keyFilePaths, keyFiles, report } from './options.ts';
import { addNewPasswordOptions, addPasswordOptions, chosenPassword, givenPassword, type PasswordOptions } from './password.ts';

interface Options extends PasswordOptions {
  key: string;
  chain: string[];
  out: string;
  encoding: PfxEncoding;
  pem?: true;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<answer>', 'what the CA sent: PEM, DER or PKCS#7 (.p7b)')
    .requiredOption('-k, --key <file>', 'the private key that cert request wrote')
    .option('-c, --chain <files...>', 'certificates of the issuers, where the answer has none', [])
    .option('-o, --out <path>', 'folder to write to, or path and name without extension', '.')
    .addOption(encodingOption(command))
    .option('--pem', 'write key, certificate and chain as PEM too');
  addPasswordOptions(command, 'the password of the key, which the PFX gets too');
  addNewPasswordOptions(command, 'the PFX of a key that has none');
  command
    .option('--json', 'print the result as JSON')
    .action(context.run((answer: string, options: Options) => run(answer, options, context)));
  examples(command, [
    ['certflow cert complete answer.p7b --key hr-lists-reader.key', 'asks for the password of the key; writes .cer and .pfx'],
    ['certflow cert complete hr.cer --key hr.key --chain issuing.cer root.cer', 'with the issuers in files of their own'],
  ]);
}

async function run(answer: string, options: Options, context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const given = givenPassword(options, context);
  const base = basePath(options.out, basename(options.key, extname(options.key)));
  refuseExisting(keyFilePaths(base, options));
  const certificates = await import('../../certificate/index.ts');
  const answers = [answer, ...options.chain].map(readSmallFile);
  const keyFile = readSmallFile(options.key);
  const opened = await withPassword(options.key, given?.value, context, (password) => ({
    privateKey: certificates.privateKeyIn(keyFile, password),
    password,
  }));
  const made = certificates.completeRequest(opened.privateKey, answers);
  // The key was open: then the password is one to be chosen for the PFX.
  const password = opened.password === '' ? await chosenPassword(given, context) : (given ?? { value: opened.password });
  const files = keyFiles(certificates, made, {
    base,
    password: password.value,
    encoding: options.encoding,
    pem: options.pem === true,
  });
  const ignoring = writeCertificateFiles(files);
  report(output, options, {
    files,
    ignoring,
    certificate: certificates.factsOf(made.certificate, new Date()),
    encoding: options.encoding,
    password,
  });
  if (made.missingIssuer !== undefined)
    output.note(
      `The chain ends before its root: the certificate of "${made.missingIssuer}" is not among the files. App Service asks for all of them (--chain).`,
    );
  return 0;
}
