import authService from '../../generated/templates/app-service/csharp/AuthService.cs.js';
import extensions from '../../generated/templates/app-service/csharp/AuthServiceCollectionExtensions.cs.js';
import gitignore from '../../generated/templates/app-service/csharp/gitignore.js';
import interfaceOfService from '../../generated/templates/app-service/csharp/IAuthService.cs.js';
import interfaceOfIdentity from '../../generated/templates/app-service/csharp/IManagedIdentityAuth.cs.js';
import identityAuth from '../../generated/templates/app-service/csharp/ManagedIdentityAuth.cs.js';
import identityExtensions from '../../generated/templates/app-service/csharp/ManagedIdentityAuthExtensions.cs.js';
import project from '../../generated/templates/app-service/csharp/project.csproj.js';
import signingCertificate from '../../generated/templates/app-service/csharp/SigningCertificate.cs.js';
import { developerMachineOf } from '../../spec/developer-machine.ts';
import { needsOf } from '../../spec/needs.ts';
import type { Spec } from '../../spec/spec.ts';
import { render } from '../../text/render.ts';
import type { GeneratedFile } from '../format.ts';
import { toJson } from '../writing/json.ts';

/** The name of the class library, which is its namespace too. Never a word of C#, nor a name that Windows keeps for itself. */
export function libraryName({ name }: Pick<Spec, 'name'>): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return `${/^\d/.test(joined) ? 'App' : ''}${joined}Auth`;
}

/** What signs in with the certificate of an app registration, and what signs in with the managed identity. */
const byCertificate = [
  ['IAuthService.cs', interfaceOfService],
  ['AuthService.cs', authService],
  ['SigningCertificate.cs', signingCertificate],
  ['AuthServiceCollectionExtensions.cs', extensions],
] as const;
const byIdentity = [
  ['IManagedIdentityAuth.cs', interfaceOfIdentity],
  ['ManagedIdentityAuth.cs', identityAuth],
  ['ManagedIdentityAuthExtensions.cs', identityExtensions],
] as const;

/** A class library for net8.0 and net10.0 that signs in with the settings, and the settings for a developer's machine. */
export function csharpFiles(spec: Spec): GeneratedFile[] {
  const namespace = libraryName(spec);
  const folder = `csharp/${namespace}`;
  const { registration: hasCertificate, identity } = needsOf(spec);
  const files = [
    [`${namespace}.csproj`, project] as const,
    ...(hasCertificate ? byCertificate : []),
    ...(identity ? byIdentity : []),
  ];
  return [
    ...files.map(([name, template]) => ({
      path: `${folder}/${name}`,
      contents: render(template, { namespace, hasCertificate }),
    })),
    { path: 'csharp/.gitignore', contents: render(gitignore, { hasCertificate }), ifThere: 'keep' },
    ...(hasCertificate
      ? [{ path: 'csharp/local.user.settings.json', contents: toJson(localSettings(spec)), ifThere: 'keep' } as const]
      : []),
  ];
}

/** A developer's machine signs in with a registration and a certificate that no other environment has. */
function localSettings(spec: Spec): Record<string, string> {
  const local = developerMachineOf(spec);
  const { tenantId, clientId } = local?.appRegistration ?? {};
  return {
    TenantId: tenantId ?? '<tenant of your own app registration for development>',
    ClientId: clientId ?? '<client id of your own app registration for development>',
    CertificateFile: local?.certificate ? `<path of ${local.certificate.name}.pfx>` : '<path of its PFX>',
  };
}
