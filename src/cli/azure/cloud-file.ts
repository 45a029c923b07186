import { dirname, resolve } from 'node:path';
import type { CloudProfile } from '../../cloud/profile.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { decodeText } from '../../document/decode.ts';
import { parseJson } from '../../document/parse-json.ts';
import { schemaProblems } from '../../document/schema-problems.ts';
import { validateCloudFile } from '../../generated/validate-cloud-file.js';
import { readSmallFile } from '../cert/new-files.ts';

/** Reads a file for `--cloud-file`. A path in it is relative to the file. Throws a UsageError that names every mistake. */
export function readCloudFile(path: string): CloudProfile {
  const parsed = parseJson(decodeText(readSmallFile(path)));
  if ('problem' in parsed) throw new UsageError(`${path} is not JSON: ${parsed.problem.message}`);
  const problems = schemaProblems(validateCloudFile, parsed.value);
  if (problems.length > 0) {
    const lines = problems.map(({ pointer, message, help }) => `\n  ${pointer || '/'}: ${message}${help ? ` (${help})` : ''}`);
    throw new UsageError(`${path} does not describe a cloud:${lines.join('')}`);
  }
  const profile = parsed.value as CloudProfile;
  if (!profile.signIn) return profile;
  const { signIn } = profile;
  return { ...profile, signIn: { ...signIn, certificatePath: resolve(dirname(path), signIn.certificatePath) } };
}
