import type { Command } from 'commander';
import * as complete from '../cert/complete.ts';
import * as convert from '../cert/convert.ts';
import * as create from '../cert/create.ts';
import * as expiring from '../cert/expiring.ts';
import * as inspect from '../cert/inspect.ts';
import * as request from '../cert/request.ts';
import * as rotate from '../cert/rotate.ts';
import { addSubcommands, type CommandContext } from '../command.ts';

const subcommands = [
  { name: 'create', summary: 'make a key and a self-signed certificate: .cer and .pfx', configure: create.configure },
  {
    name: 'convert',
    summary: 'write a PFX or PEM file anew: other encryption, other password, other format',
    configure: convert.configure,
  },
  { name: 'request', summary: 'make a key and a signing request (PKCS#10) for a CA', configure: request.configure },
  { name: 'complete', summary: "join a CA's answer with the key of its request: .cer and .pfx", configure: complete.configure },
  { name: 'inspect', summary: 'tell what a file holds, and what Azure will say to it', configure: inspect.configure },
  { name: 'rotate', summary: 'put a new certificate beside the old one, without an outage', configure: rotate.configure },
  { name: 'expiring', summary: 'list when the certificates of specs end', configure: expiring.configure },
];

/** What the subcommands share. Certificates themselves are loaded only when one of them runs. */
export function configure(command: Command, context: CommandContext) {
  addSubcommands(command, context, subcommands);
}
