import { dirname, join } from 'node:path';
import type { CertificateAim, IdentityAim } from '../../adopt/plan.ts';
import { tenantProblem } from '../../cloud/tenants.ts';
import { isVaultName, isVaultObjectName } from '../../cloud/vault-identifiers.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { isThere, kindOf } from '../../disk/kind.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { specText } from '../../library/load-spec.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { parseSpec } from '../../spec/parse.ts';
import type { Spec } from '../../spec/spec.ts';
import type { WorkflowFile } from '../../spec/workflow-file.ts';
import { askFor } from '../confirm.ts';
import type { Output } from '../output.ts';

/** What sign-ins can become. */
export const ways = ['certificate', 'managed-identity'] as const;

export interface Given {
  readonly to?: (typeof ways)[number];
  readonly tenant?: string;
  readonly clientId?: string;
  readonly vault?: string;
  readonly certificate?: string;
  readonly environment?: string;
}

export const specName = 'certflow.yaml';

/** The spec beside a workflow, or in its folder; undefined where there is none. */
export function specBeside(path: string): string {
  return join(kindOf(path) === 'folder' ? path : dirname(path), specName);
}

/** What is known of the sign-in that is wanted; of an identity, that is all. */
export type KnownAim = Partial<CertificateAim> | IdentityAim;

/** What options say of the sign-in that is wanted, else the spec that is there. Throws a UsageError for what cannot be. */
export function knownAim(path: string, given: Given, output: Output): KnownAim {
  const { to, tenant, clientId, vault, certificate } = given;
  const refuse = (option: string, why: string) => new UsageError(`--${option}: ${why}`);
  const wrong = tenant === undefined ? undefined : tenantProblem(tenant);
  if (wrong) throw refuse('tenant', `${wrong.message}; ${wrong.help}`);
  if (clientId !== undefined && !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(clientId))
    throw refuse('client-id', 'the application (client) id is a GUID, such as 11111111-1111-1111-1111-111111111111');
  if (vault !== undefined && !isVaultName(vault)) throw refuse('vault', vaultWords);
  if (certificate !== undefined && !isVaultObjectName(certificate)) throw refuse('certificate', certificateWords);
  const own = {
    ...(tenant !== undefined && { tenantId: tenant }),
    ...(clientId !== undefined && { clientId }),
    ...(vault !== undefined && { vault }),
    ...(certificate !== undefined && { certificate }),
  };
  const fromThere = fromSpec(path, given, output);
  if (to !== 'managed-identity' && fromThere.to !== 'managed-identity') return { ...fromThere, ...own };
  for (const [option, value] of Object.entries({ 'client-id': clientId, vault, certificate }))
    if (value !== undefined)
      throw refuse(option, 'a managed identity signs in without it. Leave it out, or say --to certificate');
  const tenantId = tenant ?? fromThere.tenantId;
  return { to: 'managed-identity', ...(tenantId !== undefined && { tenantId }) };
}

const vaultWords = "the name of a vault has 3 to 24 letters, digits and '-', a letter first";
const certificateWords = "the name of a certificate has letters, digits and '-'";

function fromSpec(path: string, { to, environment }: Given, output: Output): KnownAim {
  const file = specBeside(path);
  if (!isThere(file)) return {};
  const text = specText(file);
  output.remember(file, text);
  const spec = readFor(to, text, file);
  if (!spec) return { to: 'managed-identity' };
  const { appRegistration, vault, certificate } = chooseEnvironment(spec, environment);
  const { tenantId, clientId } = appRegistration;
  return {
    ...(tenantId !== undefined && { tenantId }),
    ...(clientId !== undefined && { clientId }),
    ...(vault && { vault: vault.name }),
    ...(certificate && { certificate: certificate.name }),
  };
}

/** A spec, read for a sign-in by certificate; undefined where it is for one as the identity, by `to` or by what it says. */
function readFor(to: Given['to'], text: string, file: string): Spec | undefined {
  if (to !== 'certificate') {
    const { source } = parseSpec(text, { file, readWorkflowFile: () => toBeAdopted('managedIdentity') });
    if (to === 'managed-identity' || saysNoCertificate(source.value())) return undefined;
  }
  return parseSpec(text, { file, readWorkflowFile: () => toBeAdopted('entra') });
}

/** Whether neither the top of a spec nor an environment says anything of a certificate. */
function saysNoCertificate(spec: unknown): boolean {
  const environments = member(spec, 'environments');
  const layers = [spec, ...(isObject(environments) ? Object.values(environments) : [])];
  return layers.every((layer) => ['appRegistration', 'vault', 'certificate'].every((key) => member(layer, key) === undefined));
}

/** Stands for a workflow that has no such sign-in yet: what the spec says of one counts all the same. */
function toBeAdopted(signIn: 'entra' | 'managedIdentity'): WorkflowFile {
  return {
    host: 'consumption',
    definition: {},
    trigger: { manual: {} },
    requests: [{ name: 'Call', url: 'https://graph.microsoft.com', signIn }],
    parameters: { audiences: new Map() },
  };
}

/** Asks for what is not known of vault and certificate, on a terminal; elsewhere a UsageError names the options. */
export async function askForRest(known: KnownAim): Promise<CertificateAim | IdentityAim> {
  if (known.to === 'managed-identity') return known;
  const { vault, certificate } = known;
  if (vault !== undefined && certificate !== undefined) return { ...known, vault, certificate };
  if (!process.stdin.isTTY) {
    const options = [
      ...(vault === undefined ? ['--vault <name>'] : []),
      ...(certificate === undefined ? ['--certificate <name>'] : []),
    ];
    throw new UsageError(
      `Which certificate signs in? Add ${options.join(' and ')}, or put a ${specName} beside the workflow. With --to managed-identity none is needed.`,
    );
  }
  return {
    ...known,
    vault: vault ?? (await askFor('Key vault with the certificate', (answer) => (isVaultName(answer) ? undefined : vaultWords))),
    certificate:
      certificate ??
      (await askFor('Name of the certificate in the vault', (answer) =>
        isVaultObjectName(answer) ? undefined : certificateWords,
      )),
  };
}
