import { clouds } from '../cloud/clouds.ts';
import { UsageError } from '../diagnostics/errors.ts';
import { choice } from '../diagnostics/words.ts';
import { chooseEnvironment } from '../spec/choose-environment.ts';
import { needsOf } from '../spec/needs.ts';
import { clientIdLacking } from '../spec/required.ts';
import type { Environment, Spec } from '../spec/spec.ts';
import { languages, type SnippetLanguage, snippetLanguages } from './languages.ts';

export interface SnippetOptions {
  readonly language: SnippetLanguage;
  /** Name of the environment. Needed where the spec has more than one. */
  readonly environment?: string;
  /** Name of the request whose API the token is for. Needed where the requests ask for tokens of several APIs. */
  readonly request?: string;
}

/**
 * Code, or a request, that gets a token with the certificate of a spec. It names no secret: certificate and password come from variables
 * of the environment. Source: docs/facts/sign-in.md#token-request.
 * Throws a UsageError for a language, environment or request that there is not, and where several APIs are asked for and none is
 * named; a SpecError where the client id is missing.
 */
export function snippet(spec: Spec, options: SnippetOptions): string {
  if (!Object.hasOwn(languages, options.language)) {
    throw new UsageError(`there is no snippet in "${options.language}": ${choice(options.language, snippetLanguages)}`);
  }
  const { fileName, write } = languages[options.language];
  const environment = chooseEnvironment(spec, options.environment);
  if (!needsOf(spec).registration && needsOf(spec).identity) throw onlyIdentities(spec);
  const audience = chosenAudience(spec, environment, options.request);
  const { tenantId = '', clientId } = environment.appRegistration;
  if (clientId === undefined) throw clientIdLacking(spec, environment);
  return write({
    name: spec.name,
    file: spec.source.fileName,
    fileName,
    endpoint: `${clouds[environment.cloud].authority}/${tenantId}/oauth2/v2.0/token`,
    clientId,
    audience,
    scope: `${audience}/.default`,
    assertionType: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
}

/** Outside of Azure nobody gets tokens of an identity. */
function onlyIdentities({ source }: Spec): UsageError {
  return new UsageError(
    `all requests of ${source.file} sign in with the managed identity, whose tokens only what runs in Azure gets: there is nothing to try elsewhere. "certflow generate --format app-service" makes C# for a web app; a request with signIn: entra would sign in with a certificate.`,
  );
}

function chosenAudience({ requests, source }: Spec, { addresses }: Environment, name: string | undefined): string {
  const signedIn = requests.flatMap((request, index) => {
    const audience = request.signIn === 'entra' ? addresses[index]?.audience : undefined;
    return audience === undefined ? [] : [{ name: request.name, audience }];
  });
  const names = signedIn.map((request) => request.name);
  if (name !== undefined) {
    const found = signedIn.find((request) => request.name === name);
    if (found) return found.audience;
    throw new UsageError(`${source.file} has no request "${name}" that signs in to Entra ID: ${choice(name, names)}`);
  }
  const [first] = signedIn;
  if (first === undefined) throw new UsageError(`no request of ${source.file} signs in to Entra ID, so there is no token to get`);
  if (signedIn.some(({ audience }) => audience !== first.audience))
    throw new UsageError(`the requests of ${source.file} call several APIs, and none was named (--request): ${names.join(', ')}`);
  return first.audience;
}
