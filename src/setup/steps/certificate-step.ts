import { isForbidden } from '../../azure/needing.ts';
import {
  createInVault,
  findCertificate,
  importCertificate,
  isDeleted,
  type VaultCertificate,
} from '../../azure/vault-certificates.ts';
import type { KeyAndCertificate } from '../../certificate/certificate.ts';
import { readCertificate, writePfx } from '../../certificate/index.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { azOption } from '../../text/az-option.ts';
import { certificatePolicy, importPolicy } from '../certificate-policy.ts';
import { withVaultRight } from '../held-rights.ts';
import { type Finding, present, type Step } from '../plan.ts';
import type { Scene } from '../scene.ts';

/** The certificate in the vault: made there, or imported from a file. */
export function certificateStep(scene: Scene): Step {
  const { azure, wanted, given } = scene;
  const { name } = wanted.certificate;
  const how = given ? 'imported from the file' : 'made in the vault, so that its key is never a file';
  const create: Finding = { state: 'to create', detail: how, apply: () => putThere(scene) };
  return {
    part: 'vault',
    name: `certificate ${name}`,
    look: async () => {
      if (!(await scene.vault())) return create;
      try {
        const found = await findCertificate(azure, wanted.vault.name, name);
        if (found) return judged(found, given);
        if (await isDeleted(azure, wanted.vault.name, name)) return deleted(name, wanted.vault.name);
        return create;
      } catch (error) {
        if (!isForbidden(error)) throw error;
        return {
          state: 'cannot tell',
          detail: `you may not see the certificates of the vault; where it is missing it is ${how}`,
          apply: () => putThere(scene),
        };
      }
    },
  };
}

/** Puts the certificate there where it is missing. Looks again: nobody may have been able to before. */
async function putThere(scene: Scene): Promise<Finding | undefined> {
  const { azure, wanted, me, given, tell } = scene;
  const vault = await scene.vault();
  if (!vault) throw new RefusedError(`The certificate waits for the vault ${wanted.vault.name}.`);
  const { name, subject } = wanted.certificate;
  return withVaultRight({ azure, vault, place: wanted.vault, me, tell }, 'write', async () => {
    const found = await findCertificate(azure, wanted.vault.name, name);
    const finding = found ? judged(found, given) : undefined;
    if (finding?.state === 'blocked') return finding;
    const there =
      found ??
      (given
        ? await importCertificate(azure, wanted.vault.name, name, pfxOf(given))
        : await createInVault(azure, wanted.vault.name, name, certificatePolicy(subject)));
    scene.setCertificate(there.der);
    return finding;
  });
}

/** The vault takes it without a password: it comes over TLS, and the vault keeps it in its own way. */
export function pfxOf(given: KeyAndCertificate): { pfx: Buffer; policy: object } {
  const bits = given.privateKey.asymmetricKeyDetails?.modulusLength ?? 2048;
  return { pfx: Buffer.from(writePfx(given)), policy: importPolicy(bits) };
}

/** Whether the certificate there will do. */
function judged(found: VaultCertificate, given: KeyAndCertificate | undefined): Finding {
  const certificate = readCertificate(found.der, 'The certificate in the vault');
  const ends = `until ${certificate.validToDate.toISOString().slice(0, 10)}`;
  const blocked = (detail: string): Finding => ({ state: 'blocked', detail });
  if (!found.isReadableAsPfx)
    return blocked(
      'its key cannot be read from the vault (not exportable, or kept as PEM): choose another name, and let it be made anew',
    );
  if (!found.isEnabled) return blocked('it is disabled: enable it in the vault');
  if (certificate.validToDate.getTime() < Date.now())
    return blocked(`it ended: "certflow cert rotate" puts a new one there (${ends})`);
  if (given && !given.certificate.raw.equals(found.der))
    return blocked('another one is there: "certflow cert rotate --pfx <file>" puts that of the file beside it without an outage');
  return present(`${certificate.subject.replaceAll('\n', ', ')}, ${ends}`);
}

function deleted(name: string, vault: string): Finding {
  return {
    state: 'blocked',
    detail: `one of this name was deleted and keeps the name: recover it ("az keyvault certificate recover --vault-name ${vault} ${azOption('--name', name, (plain) => plain)}"), or choose another name`,
  };
}
