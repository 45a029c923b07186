import type { Azure } from '../../azure/azure.ts';
import { loadAzure } from '../../azure/load.ts';
import type { CloudName } from '../../cloud/clouds.ts';
import { type CloudProfile, cloudProfile } from '../../cloud/profile.ts';
import { decodeText } from '../../document/decode.ts';
import { version } from '../../generated/version.ts';
import { readSmallFile } from '../cert/new-files.ts';
import type { CommandContext } from '../command.ts';
import { readCloudFile } from './cloud-file.ts';
import type { AzureOptions } from './options.ts';
import { signInOf, signInOfProfile } from './sign-in.ts';

/** Gives the way to a cloud, which remembers what the command has read. That of `--cloud-file` takes the place of every other. */
export type AzureOf = (cloud: CloudName) => Azure;

/**
 * Does something that asks Azure, with the sign-in that the options name. Ctrl-C ends requests and waits, so that the command can
 * say what it leaves behind; a second Ctrl-C ends the process.
 */
export async function withAzure<Result>(
  options: AzureOptions,
  context: CommandContext,
  act: (azureOf: AzureOf, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  // Wrong options are told before the SDKs are loaded.
  const profileOf = profiles(options);
  const signIn = await signInOf(options, context);
  const { connect } = await loadAzure();
  const { remembering } = await import('../../azure/memory.ts');
  const interrupt = new AbortController();
  const stop = () => {
    context.output.note('Stopping … (Ctrl-C again ends at once)');
    interrupt.abort();
  };
  process.once('SIGINT', stop);
  const known = new Map<string, Azure>();
  try {
    return await act((cloud) => {
      const profile = profileOf(cloud);
      const before = known.get(profile.name);
      if (before) return before;
      const who = signIn ?? signInOfProfile(profile, context);
      const azure = remembering(
        connect(profile, {
          application: `certflow/${version}`,
          signal: interrupt.signal,
          notice: (text) => context.output.note(text),
          ...(who ? { signIn: who } : {}),
        }),
      );
      known.set(profile.name, azure);
      return azure;
    }, interrupt.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}

function profiles({ cloudFile, caFile }: AzureOptions): (cloud: CloudName) => CloudProfile {
  const named = cloudFile === undefined ? undefined : readCloudFile(cloudFile);
  const authority = caFile === undefined ? undefined : decodeText(readSmallFile(caFile));
  return (cloud) => {
    const profile = named ?? cloudProfile(cloud);
    if (authority === undefined) return profile;
    return { ...profile, certificateAuthority: `${profile.certificateAuthority ?? ''}${authority}` };
  };
}
