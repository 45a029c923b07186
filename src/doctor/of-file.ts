import type { SignInAim } from '../proofs/aim.ts';
import { clockLink, tenantLink } from '../proofs/links/tenant.ts';
import { tokenLinks } from '../proofs/links/tokens.ts';
import type { Proof } from '../proofs/proof.ts';
import { prove } from '../proofs/prove.ts';
import type { Sight } from '../proofs/sight.ts';
import { certificateFileLink, type FileContents } from './certificate-file.ts';
import { type OnSecret, pemOfFile } from './pem.ts';

/** Signs in with a file, without any right in Azure: Entra ID itself says what is wrong. */
export async function doctorOfFile(
  sight: Sight,
  file: FileContents,
  {
    tenant,
    clientId,
    audience,
    line,
    onSecret,
  }: Required<Pick<SignInAim, 'tenant' | 'clientId' | 'line'>> & {
    readonly audience: string;
    readonly onSecret: OnSecret;
  },
): Promise<Proof[]> {
  return prove([
    certificateFileLink(file),
    tenantLink(sight, tenant),
    clockLink(sight, tenant),
    ...tokenLinks(sight, {
      tenant,
      clientId,
      audiences: [audience],
      permissions: [],
      needs: ['certificate file', 'tenant'],
      after: [],
      from: file.path,
      pem: async () => pemOfFile(file, onSecret),
      line,
    }),
  ]);
}
