import { isForbidden } from '../../azure/needing.ts';
import {
  createInVault,
  findCertificate,
  findPendingIssuer,
  importCertificate,
  isDeleted,
  updatePolicy,
  type VaultCertificate,
  type VaultForm,
} from '../../azure/vault-certificates.ts';
import type { KeyAndCertificate } from '../../certificate/certificate.ts';
import { readCertificate, writePfx } from '../../certificate/index.ts';
import { RefusedError } from '../../diagnostics/errors.ts';
import { azOption } from '../../text/az-option.ts';
import { certificatePolicy, importPolicy, reminder } from '../certificate-policy.ts';
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
    links: [{ link: 'certificate' }, { link: 'private key' }, { link: 'renewal' }],
    look: async () => {
      if (!(await scene.vault())) return create;
      try {
        const found = await findCertificate(azure, wanted.vault.name, name);
        if (found) return withApply(judged(found, given), () => putThere(scene));
        if (await isDeleted(azure, wanted.vault.name, name)) return deleted(name, wanted.vault.name);
        return (await pendingElsewhere(scene)) ?? create;
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
    const finding = found ? judged(found, given) : await pendingElsewhere(scene);
    if (finding?.state === 'blocked') return finding;
    if (finding?.state === 'to change') await updatePolicy(azure, wanted.vault.name, name, reminder);
    const there =
      found ??
      (given
        ? await importCertificate(azure, wanted.vault.name, name, pfxOf(given))
        : await createInVault(azure, wanted.vault.name, name, certificatePolicy(subject)));
    scene.setCertificate(there.der);
    return finding?.state === 'to change' ? undefined : finding;
  });
}

/** What waits for somebody else's signature is not made by waiting: it is told at once. */
async function pendingElsewhere({ azure, wanted }: Scene): Promise<Finding | undefined> {
  const [vault, { name }] = [wanted.vault.name, wanted.certificate];
  const issuer = await findPendingIssuer(azure, vault, name).catch((error: unknown) => {
    if (!isForbidden(error)) throw error;
    return undefined;
  });
  if (issuer === undefined || issuer === 'Self') return undefined;
  const at = inVault(vault, name);
  return {
    state: 'blocked',
    detail: `it waits for ${issuer === 'Unknown' ? 'somebody to merge the answer of a certificate authority' : `the certificate authority ${issuer}`}: see to that ("az keyvault certificate pending merge ${at} --file <answer>"), or end the wait ("az keyvault certificate pending delete ${at}")`,
  };
}

function withApply(finding: Finding, apply: () => Promise<Finding | undefined>): Finding {
  return finding.state === 'to change' ? { ...finding, apply } : finding;
}

/** The vault takes it without a password: it comes over TLS, and the vault keeps it in its own way. */
export function pfxOf(given: KeyAndCertificate): VaultForm {
  const bits = given.privateKey.asymmetricKeyDetails?.modulusLength ?? 2048;
  return { pfx: Buffer.from(writePfx(given)), policy: importPolicy(bits), der: given.certificate.raw };
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
  if (found.renewsItself)
    return {
      state: 'to change',
      detail: `the vault would renew it by itself, and the app registration would not know the new one: a reminder by mail instead (${ends})`,
    };
  return present(`${certificate.subject.replaceAll('\n', ', ')}, ${ends}`);
}

function deleted(name: string, vault: string): Finding {
  return {
    state: 'blocked',
    detail: `one of this name was deleted and keeps the name: recover it ("az keyvault certificate recover ${inVault(vault, name)}"), or choose another name`,
  };
}

/** Options of the Azure CLI. */
function inVault(vault: string, name: string): string {
  return `--vault-name ${vault} ${azOption('--name', name, (plain) => plain)}`;
}
