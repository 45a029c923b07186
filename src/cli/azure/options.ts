import type { Command } from 'commander';
import { addPasswordOptions } from '../cert/password.ts';
import { keepMemorySmall } from './memory.ts';

/** The options of every command that calls Azure. */
export interface AzureOptions {
  tenant?: string;
  deviceCode?: true;
  servicePrincipal?: string;
  certificateFile?: string;
  certificatePasswordFile?: string;
  certificatePasswordStdin?: true;
  certificatePasswordEnv?: string;
  certificatePassword?: boolean | string;
  cloudFile?: string;
  caFile?: string;
}

/** Adds them. Who is named nowhere is whoever is signed in to the machine. */
export function addAzureOptions(command: Command): Command {
  command
    .option('--tenant <id>', 'sign in to this tenant')
    .option('--device-code', 'sign in with a browser, on this machine or another')
    .option('--service-principal <client id>', 'sign in as an app registration; takes --tenant and --certificate-file')
    .option('--certificate-file <file>', 'its certificate with private key: PFX or PEM');
  addPasswordOptions(command, 'the password of that file', 'certificate-');
  return command
    .hook('preAction', keepMemorySmall)
    .option('--cloud-file <file>', "a cloud that is not Microsoft's, such as the one of certflow emulator")
    .option('--ca-file <file>', 'a certificate authority to trust as well (PEM), such as that of a proxy');
}
