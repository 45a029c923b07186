import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { certificateReference, pastedCertificate } from '../../infrastructure/app-service/settings.ts';
import { toPointer } from '../../json/pointer.ts';
import { developerMachineOf, environmentsOf, setupLocally } from '../../spec/developer-machine.ts';
import { Findings } from '../../spec/findings.ts';
import { hasCertificate } from '../../spec/needs.ts';
import { placeOf } from '../../spec/required.ts';
import type { WriteInput } from '../format.ts';

/** What certflow made of a pasted identifier, and whether a developer's machine gets what others sign in with. */
export function notes({ spec, environment }: WriteInput): Diagnostic[] {
  const findings = new Findings(spec.source);
  if (hasCertificate(environment) && pastedCertificate(environment) !== undefined) {
    const message = `App Service resolves the address of a secret only, so the identifier under /certificates/ becomes ${certificateReference(environment)}`;
    findings.note(placeOf(spec, environment, ['certificate']), message);
  }
  const local = developerMachineOf(spec);
  const clientId = local?.appRegistration.clientId;
  const others = clientId === undefined ? [] : environmentsOf(spec, clientId).map(({ name }) => name);
  if (local && others.length > 0)
    findings.warn(
      'spec-local',
      toPointer(['environments', local.name, 'appRegistration', 'clientId']),
      `${local.name} signs in with the app registration of ${others.join(' and ')}: whoever debugs holds the key to it`,
      `remove it: "${setupLocally(spec.source.file)}" makes one of its own and writes its id here`,
    );
  return [...findings.notes];
}
