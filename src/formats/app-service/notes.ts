import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { certificateReference, pastedCertificate } from '../../infrastructure/app-service/settings.ts';
import { Findings } from '../../spec/findings.ts';
import { placeOf } from '../../spec/required.ts';
import type { Environment } from '../../spec/spec.ts';
import type { WriteInput } from '../format.ts';

/** What certflow made of a pasted identifier, and whether a developer's machine gets what others sign in with. */
export function notes({ spec, environment }: WriteInput): Diagnostic[] {
  const findings = new Findings(spec.source);
  if (pastedCertificate(environment) !== undefined) {
    const message = `App Service resolves the address of a secret only, so the identifier under /certificates/ becomes ${certificateReference(environment)}`;
    findings.note(placeOf(spec, environment, ['certificate']), message);
  }
  const local = spec.environments.get('local');
  for (const other of spec.environments.values()) {
    const shared = local && other !== local ? sharedWith(local, other) : [];
    if (shared.length === 0) continue;
    findings.warn(
      'spec-local',
      '/environments/local',
      `local signs in with the ${shared.join(' and the ')} of ${other.name}: whoever debugs holds the key to it`,
      'give it its own: local: { appRegistration: { clientId: … }, certificate: { name: … } }',
    );
  }
  return [...findings.notes];
}

function sharedWith(local: Environment, other: Environment): string[] {
  const { clientId } = local.appRegistration;
  const isSameCertificate = local.vault.url === other.vault.url && local.certificate.name === other.certificate.name;
  return [
    ...(clientId !== undefined && clientId === other.appRegistration.clientId ? ['app registration'] : []),
    ...(isSameCertificate ? ['certificate'] : []),
  ];
}
