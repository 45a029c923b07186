import template from '../../generated/templates/infrastructure/callers.md.js';
import { callerRanges } from '../../infrastructure/callers.ts';
import type { Spec } from '../../spec/spec.ts';
import { render } from '../../text/render.ts';

/**
 * What a README.md of a Logic App (Consumption) says of who may start it; empty where no request does. Ranges do not keep out who runs
 * the trigger through Resource Manager. Source: Microsoft's "Secure access and data", section "Restrict inbound IP addresses".
 */
export function callersWords(spec: Spec): string {
  if (spec.trigger.recurrence) return '';
  const ranges = callerRanges(spec);
  const text = render(template, {
    isOpen: ranges === undefined,
    ranges: ranges?.join(', ') ?? '',
    key: `trigger.${spec.trigger.request ? 'request' : 'manual'}.callers.ipRanges`,
  });
  return text.trimEnd();
}
