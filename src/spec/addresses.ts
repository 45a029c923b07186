import { audienceOfAddress, readAudience } from '../cloud/audiences.ts';
import { type CloudName, knownService } from '../cloud/clouds.ts';
import { quote } from '../diagnostics/words.ts';
import type { Request as RequestInFile } from '../generated/spec-file.ts';
import { toPointer } from '../json/pointer.ts';
import type { Findings } from './findings.ts';
import type { Layers } from './layers.ts';
import type { Address, Value } from './spec.ts';

/** Address and audience of one request in one environment. Undefined where they cannot be told; then the findings say why. */
export function resolveAddress(
  layers: Layers,
  request: Partial<RequestInFile>,
  index: number,
  cloud: CloudName,
  findings: Findings,
): Address | undefined {
  const base = toPointer(['requests', index]);
  const over = layers.request(request.name ?? '');
  const url: Value | undefined = over?.value.url ?? request.url;
  const urlPointer = over?.value.url === undefined ? `${base}/url` : `${over.pointer}/url`;
  if (url === undefined) return undefined;
  if (over?.value.url !== undefined) refuseComputedBase(request.url, `${base}/url`, findings);

  const fixedPart = fixedAddress(url);
  const problem = fixedPart === undefined ? undefined : addressProblem(fixedPart, url, cloud);
  if (problem) findings.error('spec-value', urlPointer, problem.message, problem.help);

  const written = over?.value.audience ?? request.audience;
  const audiencePointer = over?.value.audience === undefined ? `${base}/audience` : `${over.pointer}/audience`;
  if (request.signIn === 'clientCertificate') {
    if (written !== undefined) {
      findings.error(
        'spec-value',
        audiencePointer,
        'a request with signIn: clientCertificate asks for no token, so it has no audience',
        'leave audience out, or sign in with entra',
      );
    }
    return { url };
  }
  // Nothing follows from an address that is wrong.
  if (written === undefined && problem) return undefined;
  const audience =
    written === undefined
      ? inferAudience(fixedPart, audiencePointer, findings)
      : mendAudience(written, audiencePointer, findings);
  return audience === undefined ? undefined : { url, audience };
}

/** An environment's address becomes a parameter, whose value cannot be an expression. */
function refuseComputedBase(url: Value | undefined, pointer: string, findings: Findings) {
  if (typeof url !== 'object') return;
  findings.error(
    'spec-value',
    pointer,
    'an address that environments override cannot be an expression',
    'write it as plain text, or take the overrides out of the environments',
  );
}

/** What of an address is the same at every run: all of a text, the text before the first expression of a template. */
export function fixedAddress(url: Value): string | undefined {
  if (typeof url === 'string') return url;
  if (url.template === undefined || url.template.startsWith('@')) return undefined;
  const [before = ''] = url.template.split('@{');
  // Without the slash after the host, the expression may go on with the host's name.
  return /^https?:\/\/[^/]+\//i.test(before) ? before : undefined;
}

/** Why an address will not do, and what to do; undefined where it will. */
function addressProblem(address: string, url: Value, cloud: CloudName): { message: string; help: string } | undefined {
  if (typeof url === 'string' && url.includes('@{')) {
    return {
      message: 'the address holds @{…}, which plain text takes as it is',
      help: 'write url: { template: "…" } where an expression is meant',
    };
  }
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    return { message: `${quote(address)} is not an address`, help: 'write it whole, with https://' };
  }
  const { protocol, hostname, username } = new URL(address);
  if (username !== '')
    return {
      message: 'an address holds no user name and no password',
      help: 'leave them out: signIn says how the request signs in',
    };
  if (protocol === 'http:')
    return { message: 'the address starts with http://: the token would travel in the clear', help: 'write https://' };
  const service = knownService(hostname);
  if (!service || service.cloud.name === cloud) return undefined;
  return {
    message: `${hostname} belongs to the cloud ${service.cloud.name}, but cloud is ${cloud}`,
    help: `write cloud: ${service.cloud.name} if that is where the tenant is`,
  };
}

function inferAudience(address: string | undefined, pointer: string, findings: Findings): string | undefined {
  const audience = address === undefined ? undefined : audienceOfAddress(address);
  if (audience === undefined) {
    findings.error(
      'spec-value',
      pointer,
      'the audience is missing, and the address does not tell it',
      "write the API's application id URI (api://… or https://…) or its application id; only SharePoint and Graph addresses tell it by themselves",
    );
  }
  return audience;
}

function mendAudience(written: string, pointer: string, findings: Findings): string | undefined {
  const reading = readAudience(written);
  if ('refused' in reading) {
    findings.error('spec-value', pointer, `${quote(written)} is not an audience: ${reading.refused}`, reading.help);
    return undefined;
  }
  if (reading.mended !== undefined) findings.note(pointer, `${reading.mended}: ${reading.audience} is used`);
  return reading.audience;
}
