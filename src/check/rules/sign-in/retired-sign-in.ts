import { knownService } from '../../../cloud/clouds.ts';
import { acs, retiredIn } from '../../../cloud/retired.ts';
import { walkStrings } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import { toPointer } from '../../../json/pointer.ts';
import type { Report, Rule } from '../../rule.ts';
import { requestsOf } from '../../sign-ins/requests.ts';
import type { Subject } from '../../subject.ts';

export const retiredSignIn: Rule = {
  name: 'retired-sign-in',
  severity: 'warning',
  category: 'correctness',
  summary: 'Nothing signs in with a service that has ended: Azure ACS for SharePoint Online, Azure AD Graph, Azure Germany',
  check: (subject, report) => {
    const told = new Set<string>();
    for (const { text, pointer } of subject.retiredTexts) tell(text, pointer, subject, report, told);
    const look = (group: unknown, at: string, place?: 'parameters') =>
      walkStrings(group, [], (text, path) => tell(text, at + toPointer(path), subject, report, told, place));
    look(subject.definition.parameters, '/parameters');
    look(subject.surroundings.parameters, '', 'parameters');
  },
};

function tell(text: string, pointer: string, subject: Subject, report: Report, told: Set<string>, place?: 'parameters') {
  const service = retiredIn(text);
  if (!service || (service === acs && subject.once(isOnlyForFarms))) return;
  // The address of a call and what is sent there are one mistake.
  const { action, trigger } = place ? {} : (subject.operationAround(pointer) ?? {});
  const key = `${service.name} ${action ?? trigger ?? `${place} ${pointer}`}`;
  if (told.has(key)) return;
  told.add(key);
  const message = `${service.name} ${service.ended}`;
  report({ pointer, message, help: service.help, ...(place && { in: place }) });
}

/** A farm of one's own may have an ACS that lives: it is named as the resource, or its lists are what is called. */
function isOnlyForFarms(subject: Subject): boolean {
  const hosts: string[] = [];
  for (const { text } of subject.retiredTexts) {
    const [, host] = /0ff1-ce00-000000000000(?:\/|%2f)([^\s@&%{}'"]+)/i.exec(text) ?? [];
    if (host !== undefined) hosts.push(host);
  }
  if (hosts.length === 0)
    for (const { host, members, address } of requestsOf(subject))
      if (host !== undefined && /\/_(?:api|vti_bin)\//i.test(asText(members.given(address)?.written))) hosts.push(host);
  return hosts.length > 0 && hosts.every((host) => knownService(host)?.service !== 'sharepoint' && !isOnline(host));
}

const isOnline = (host: string) => knownService(host.replace(/[:/].*$/, ''))?.service === 'sharepoint';
