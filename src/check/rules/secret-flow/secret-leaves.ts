import { clouds } from '../../../cloud/clouds.ts';
import type { ActionEntry } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import { member } from '../../../json/member.ts';
import { hostOf } from '../../address.ts';
import type { Rule } from '../../rule.ts';
import { certificateLeak, certificatesAmong, keepsSecrets, type Leak } from '../../secret-flow/certificate.ts';
import { isCredentialPath } from '../../secret-flow/demand.ts';
import type { Arrival } from '../../secret-flow/flow.ts';
import { secretsOf } from '../../secret-flow/secrets.ts';
import type { Source, Taint } from '../../secret-flow/taint.ts';
import { stepsOf } from '../../secret-flow/way.ts';
import { hostCalled } from '../../sign-ins/requests.ts';
import type { Subject } from '../../subject.ts';

export const secretLeaves: Rule = {
  name: 'secret-leaves',
  severity: 'warning',
  category: 'security',
  summary: 'No secret leaves the workflow: to a caller, into an address, to a host that it is not for, into logs or messages',
  check: (subject, report) => {
    const { arrivals } = secretsOf(subject).flow;
    if (arrivals.length === 0) return;
    const homes = homesOf(subject, arrivals);
    const certificates = certificatesAmong(subject, arrivals);
    const told = new Set<string>();
    for (const arrival of arrivals) {
      const { entry } = arrival;
      for (const taint of arrival.taints) {
        const asCertificate = certificates.has(taint.source) ? certificateLeak(subject, arrival) : undefined;
        const leak = asCertificate ?? leakOf(subject, arrival, taint, homes);
        const key = `${entry.pointer} ${taint.source.words}`;
        if (!leak || told.has(key)) continue;
        told.add(key);
        report({
          pointer: entry.pointer,
          message: `${taint.source.words} ${leak.where}`,
          path: [...stepsOf(taint), { pointer: entry.pointer, message: leak.step }],
          help: leak.help,
        });
      }
    }
  },
};

/** Hosts that a secret is shown to in order to sign in. */
function homesOf(subject: Subject, arrivals: readonly Arrival[]): ReadonlyMap<Source, ReadonlySet<string>> {
  const homes = new Map<Source, Set<string>>();
  for (const { entry, taints, path } of arrivals) {
    if (!entry.action || !isCredentialPath(path)) continue;
    const host = hostCalled(subject, entry.action);
    for (const { source } of host === undefined ? [] : taints)
      homes.set(source, (homes.get(source) ?? new Set()).add(host ?? ''));
  }
  return homes;
}

function leakOf(
  subject: Subject,
  { entry, path }: Arrival,
  { source }: Taint,
  homes: ReadonlyMap<Source, ReadonlySet<string>>,
): Leak | undefined {
  const { action } = entry;
  const [part, key] = path;
  if (!action)
    return part === 'outputs'
      ? {
          where: 'becomes an output of the workflow, which every run shows',
          step: 'the workflow gives it as an output',
          help: 'take it out of outputs',
        }
      : undefined;
  const name = `"${action.name}"`;
  if (part === 'trackedproperties')
    return {
      where: `becomes a tracked property of ${name}, which goes to the logs in clear`,
      step: `${name} tracks it`,
      help: 'track something that is no secret',
    };
  if (part !== 'inputs') return undefined;
  if (action.typeWord === 'response' && (key === 'body' || key === 'headers'))
    return {
      where: `goes back to the caller: ${name} returns it in clear, also where run history hides it`,
      step: `${name} returns it`,
      help: 'let the caller read it from the vault with its own identity, or answer with something else',
    };
  if (action.typeWord === 'terminate')
    return {
      where: `becomes the error of the run: ${name} cannot hide it`,
      step: `${name} ends the run with it`,
      help: 'write a message without it',
    };
  const service = messengerOf(action);
  if (service && key !== 'authentication' && key !== 'host')
    return {
      where: `is sent by ${service}: everyone who gets the message reads it`,
      step: `${name} sends it`,
      help: 'send where the secret is kept, not the secret',
    };
  return action.typeWord === 'http' ? httpLeak(subject, entry, path, source, homes) : undefined;
}

function httpLeak(
  subject: Subject,
  { action, template }: Arrival['entry'],
  [, key]: Arrival['path'],
  source: Source,
  homes: ReadonlyMap<Source, ReadonlySet<string>>,
): Leak | undefined {
  if (!action) return undefined;
  const host = hostCalled(subject, action);
  const step = `"${action.name}" sends it`;
  const allowed = homes.get(source);
  if (
    host &&
    allowed &&
    allowed.size > 0 &&
    !allowed.has(host) &&
    !signInHosts.has(host) &&
    ((key === 'body' && !keepsSecrets(host)) || key === 'uri' || key === 'queries')
  )
    return {
      where: `is sent to ${host}, and it is the credential for ${[...allowed].join(', ')}`,
      step,
      help: `keep it out of what "${action.name}" sends`,
    };
  // What stands first may be the address itself; and of secure parameters many are names in a path.
  const first = template?.kind === 'interpolation' ? template.segments[0] : undefined;
  const isAfter = source.kind === 'parameter' ? /^https?:\/\/[^/?]+.*\?/i : /^https?:\/\/[^/?]+[/?]/i;
  if (key === 'queries' || (key === 'uri' && first?.kind === 'text' && isAfter.test(first.text)))
    return {
      where: `is in the address that "${action.name}" calls, and servers and proxies write addresses into their logs`,
      step,
      help: 'send it in a header, where the API takes it there',
    };
  return undefined;
}

/** Where applications show their credentials to get a token. */
const signInHosts: ReadonlySet<string | undefined> = new Set(Object.values(clouds).map(({ authority }) => hostOf(authority)));

/** Connectors that bring messages to people. */
const messengers: ReadonlyMap<string, string> = new Map([
  ['office365', 'mail'],
  ['outlook', 'mail'],
  ['gmail', 'mail'],
  ['smtp', 'mail'],
  ['sendgrid', 'mail'],
  ['sendmail', 'mail'],
  ['teams', 'Teams'],
  ['slack', 'Slack'],
]);

/** How a connector action sends messages, if it does. Connections are named as their connector unless somebody renamed them. */
function messengerOf({ node, typeWord }: ActionEntry): string | undefined {
  const host = member(node, 'inputs', 'host');
  const api =
    typeWord === 'openapiconnection'
      ? /\/shared_(\w+)$/i.exec(asText(member(host, 'apiId')))
      : typeWord === 'apiconnection'
        ? (/\['(\w+)'\]\['connectionId'\]/i.exec(asText(member(host, 'connection', 'name'))) ??
          /^(\w+)$/.exec(asText(member(host, 'connection', 'referenceName'))))
        : null;
  return messengers.get((api?.[1] ?? '').toLowerCase().replace(/[-_]\d+$/, ''));
}
