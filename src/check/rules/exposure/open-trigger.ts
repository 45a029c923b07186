import type { OperationEntry } from '../../../definition/walk.ts';
import { asText } from '../../../diagnostics/words.ts';
import { member } from '../../../json/member.ts';
import type { Rule } from '../../rule.ts';
import type { Subject } from '../../subject.ts';

export const openTrigger: Rule = {
  name: 'open-trigger',
  severity: 'warning',
  category: 'security',
  summary: 'A workflow that a request starts says who may call it',
  check: (subject, report) => {
    const { accessControl, host } = subject.surroundings;
    for (const trigger of subject.triggers) {
      if (!isCalledByHttp(trigger)) continue;
      const { name, node, pointer } = trigger;
      if (host === 'power-automate') {
        if (asText(member(node, 'inputs', 'triggerAuthenticationType')).toLowerCase() !== 'all') continue;
        report({
          pointer: `${pointer}/inputs/triggerAuthenticationType`,
          message: `everyone who has the address can start "${name}", from anywhere`,
          help: 'write "Tenant", or let only named users start it, unless it is meant so',
          severity: 'info',
        });
      }
      if (host !== 'consumption' || accessControl === undefined || subject.isArmExpression(accessControl)) continue;
      const ranges = member(accessControl, 'triggers', 'allowedCallerIpAddresses');
      const policies = member(accessControl, 'triggers', 'openAuthenticationPolicies');
      const isOpen = Array.isArray(ranges) && ranges.some((range) => everywhere.test(asText(member(range, 'addressRange'))));
      if (ranges !== undefined && !isOpen) continue;
      if (policies !== undefined) continue;
      report({
        pointer,
        part: 'key',
        message: isOpen
          ? `every address may call "${name}": who has the signed address can start it`
          : `"${name}" can be called from everywhere: who has the signed address can start it`,
        help: 'name the callers in accessControl.triggers of the workflow: allowedCallerIpAddresses, or openAuthenticationPolicies',
        severity: isOpen ? 'warning' : 'info',
      });
    }
  },
};

const everywhere = /^(?:0\.0\.0\.0\/0|0\.0\.0\.0-255\.255\.255\.255|::\/0)$/;

/** Whether any HTTP client can start the workflow: not a person in the portal, a connector, or an app. */
export function isCalledByHttp({ typeWord, node }: OperationEntry): boolean {
  return typeWord === 'request' && (node.kind === undefined || /^http$/i.test(asText(node.kind)));
}

/** Whether whoever has the address can call a trigger, as far as is known. */
export function isOpenToCallers(subject: Subject, trigger: OperationEntry): boolean {
  if (!isCalledByHttp(trigger)) return false;
  const who = asText(member(trigger.node, 'inputs', 'triggerAuthenticationType')) || 'All';
  return subject.surroundings.host !== 'power-automate' || /^all$/i.test(who);
}
