import { knownService } from '../cloud/clouds.ts';
import { quote } from '../diagnostics/words.ts';
import type { AdoptedDefinition } from './definition.ts';
import type { Aim, CertificateAim } from './plan.ts';

/** What a person has to do besides, in full sentences. */
export function tasksOf(adopted: readonly AdoptedDefinition[], aim: Aim): string[] {
  const rewritten = adopted.filter(({ registration, needsIdentity }) => registration !== undefined || needsIdentity);
  if (rewritten.length === 0) return [];
  const idle = [...new Set(rewritten.flatMap((one) => one.idleParameters))];
  return [
    ...(aim.to === 'managed-identity' ? identityTasks(rewritten) : certificateTasks(rewritten, aim)),
    ...(idle.length > 0
      ? [`Nothing takes ${idle.join(', ')} any more: take their values out of pipelines and parameter files.`]
      : []),
    'Remove the old client secrets from the app registration and from the vault, once the new sign-in has worked.',
  ];
}

function identityTasks(rewritten: readonly AdoptedDefinition[]): string[] {
  const hosts = [...new Set(rewritten.flatMap((one) => one.hosts))];
  const isSharePoint = hosts.some((host) => knownService(host)?.service === 'sharepoint');
  return [
    'Turn on the system-assigned identity of the Logic App, where no template does.',
    `Give that identity the application permissions for ${hosts.length > 0 ? hosts.join(', ') : 'what it calls'} before the first call: a token that was got without them is kept for up to a day.`,
    'The identity belongs to the tenant of its subscription: see that what it calls does, too.',
    ...(isSharePoint
      ? ['Try early whether SharePoint takes the token of the identity: no public example shows it for a Logic App.']
      : []),
  ];
}

function certificateTasks(rewritten: readonly AdoptedDefinition[], { vault, certificate }: CertificateAim): string[] {
  const reusing = rewritten.filter(({ needsConnection }) => !needsConnection);
  const hosts = [...new Set(rewritten.flatMap((one) => one.hosts))];
  const clients = [...new Set(rewritten.flatMap((one) => one.registration?.clientId ?? []))];
  const registration = clients.length === 1 ? `the app registration ${clients[0]}` : 'the app registration of each sign-in';
  return [
    `Put the certificate ${quote(certificate)} into the key vault ${quote(vault)}, and its public part onto ${registration}.`,
    ...(hosts.length > 0
      ? [`Give ${registration} the application permissions for ${hosts.join(', ')}, with an administrator's consent.`]
      : []),
    ...(reusing.length > 0
      ? ['The vault is read over the connection that the workflow has: the certificate has to lie in the vault of that.']
      : []),
    ...(reusing.length < rewritten.length
      ? [
          `Let the identity of the workflow read the secrets of the vault ${quote(vault)} (Key Vault Secrets User), where its template does not.`,
        ]
      : []),
  ];
}
