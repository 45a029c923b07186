import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import type { PfxEncoding } from '../../certificate/pfx/encoding.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { type NewFile, refuseExisting } from '../../disk/write.ts';
import { type CommandContext, type ExitCode, examples } from '../command.ts';
import { basePath, writeCertificateFiles } from './new-files.ts';
import { opened } from './open.ts';
import { encodingOption, pemText, report } from './options.ts';
import {
  addNewPasswordOptions,
  addPasswordOptions,
  givenPassword,
  newPasswordOptions,
  type PasswordOptions,
} from './password.ts';

interface Options extends PasswordOptions {
  out: string;
  encoding: PfxEncoding;
  pem?: true;
  newPasswordFile?: string;
  newPasswordStdin?: true;
  newPasswordEnv?: string;
  newPassword?: boolean | string;
  json?: true;
}

export function configure(command: Command, context: CommandContext) {
  command
    .argument('<file>', 'PFX, its base64 text, or PEM with key and certificate')
    .requiredOption('-o, --out <path>', 'folder to write to, or path and name')
    .addOption(encodingOption(command))
    .option('--pem', 'write PEM (key, certificate, chain) instead of a PFX');
  addPasswordOptions(command, 'the password of the file');
  addPasswordOptions(command, 'another password for what is written', 'new-');
  addNewPasswordOptions(command, 'it', 'new-');
  command
    .option('--json', 'print the result as JSON')
    .action(context.run((file: string, options: Options) => run(file, options, context)));
  examples(command, [
    ['certflow cert convert old.pfx --out new.pfx', 'to 3DES; the password stays, and is asked for'],
    ['certflow cert convert key-and-cert.pem --out hr.pfx --generate-password', 'a PFX of a PEM file'],
    [
      'certflow cert convert hr.pfx --pem --out hr.pem --password-file p.txt --no-new-password',
      'an open key, for tools that need one',
    ],
  ]);
}

async function run(path: string, options: Options, context: CommandContext): Promise<ExitCode> {
  const { passwordStdin, newPasswordStdin, encoding, pem } = options;
  if (passwordStdin && newPasswordStdin)
    throw new UsageError('Standard input holds one password. Read the other from a file or from a variable of the environment.');
  const { generatePassword: _, ...oldOptions } = options;
  const given = givenPassword(oldOptions, context)?.value;
  const next = givenPassword(newPasswordOptions(options), context);
  const target = `${basePath(options.out, basename(path, extname(path)))}.${pem ? 'pem' : 'pfx'}`;
  refuseExisting([target]);
  const { contents, password: old } = await opened(path, given, context);
  const { privateKey, certificate, chain, friendlyName } = contents;
  if (privateKey === undefined)
    throw new UsageError(
      `${path} holds no private key. Join the certificate with its key: certflow cert complete ${path} --key <file>`,
    );
  const certificates = await import('../../certificate/index.ts');
  const made = { privateKey, certificate, chain };
  const password = next ?? { value: old };
  const file: NewFile = pem
    ? { path: target, contents: pemText(certificates, made, password.value), isSecret: true }
    : {
        path: target,
        contents: certificates.writePfx(made, { password: password.value, encoding, ...(friendlyName ? { friendlyName } : {}) }),
        isSecret: true,
      };
  const ignoring = writeCertificateFiles([file]);
  const facts = certificates.factsOf(certificate, new Date());
  report(context.output, options, { files: [file], ignoring, certificate: facts, ...(pem ? {} : { encoding }), password });
  return 0;
}
