import { dirname, join } from 'node:path';
import type { Aim } from '../../adopt/plan.ts';
import { tenantProblem } from '../../cloud/tenants.ts';
import { isVaultName, isVaultObjectName } from '../../cloud/vault-identifiers.ts';
import { UsageError } from '../../diagnostics/errors.ts';
import { isThere, kindOf } from '../../disk/kind.ts';
import { specText } from '../../library/load-spec.ts';
import { chooseEnvironment } from '../../spec/choose-environment.ts';
import { parseSpec } from '../../spec/parse.ts';
import type { WorkflowFile } from '../../spec/workflow-file.ts';
import { askFor } from '../confirm.ts';
import type { Output } from '../output.ts';

export interface Given {
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

/** What is known of the sign-in that is wanted: by options, else by the spec that is there. Throws a UsageError for what cannot be. */
export function knownAim(path: string, given: Given, output: Output): Partial<Aim> {
  const { tenant, clientId, vault, certificate } = given;
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
  return { ...fromSpec(path, given, output), ...own };
}

const vaultWords = "the name of a vault has 3 to 24 letters, digits and '-', a letter first";
const certificateWords = "the name of a certificate has letters, digits and '-'";

function fromSpec(path: string, { environment }: Given, output: Output): Partial<Aim> {
  const file = specBeside(path);
  if (!isThere(file)) return {};
  const text = specText(file);
  output.remember(file, text);
  const spec = parseSpec(text, { file, readWorkflowFile: () => toBeAdopted });
  const { appRegistration, vault, certificate } = chooseEnvironment(spec, environment);
  const { tenantId, clientId } = appRegistration;
  return {
    ...(tenantId !== undefined && { tenantId }),
    ...(clientId !== undefined && { clientId }),
    ...(vault && { vault: vault.name }),
    ...(certificate && { certificate: certificate.name }),
  };
}

/** Stands for a workflow that has no sign-in by certificate yet: what the spec says of one counts all the same. */
const toBeAdopted: WorkflowFile = {
  host: 'consumption',
  definition: {},
  trigger: { manual: {} },
  requests: [{ name: 'Call', url: 'https://graph.microsoft.com' }],
  parameters: { audiences: new Map() },
};

/** Asks for what is not known of vault and certificate, on a terminal; elsewhere a UsageError names the options. */
export async function askForRest(known: Partial<Aim>): Promise<Aim> {
  const { vault, certificate } = known;
  if (vault !== undefined && certificate !== undefined) return { ...known, vault, certificate };
  if (!process.stdin.isTTY) {
    const options = [
      ...(vault === undefined ? ['--vault <name>'] : []),
      ...(certificate === undefined ? ['--certificate <name>'] : []),
    ];
    throw new UsageError(`Which certificate signs in? Add ${options.join(' and ')}, or put a ${specName} beside the workflow.`);
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
