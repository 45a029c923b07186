import type { Subject } from '../subject.ts';
import { type Demand, listDemands } from './demand.ts';
import { Flow, type FlowOrigin } from './flow.ts';
import { demandedOrigins, listOrigins } from './origins.ts';
import { listReceived, listReturned } from './siblings.ts';

/** What is known of the secrets of a workflow. */
export interface Secrets {
  /** Where credentials come from, seen from the sign-ins. */
  readonly demands: readonly Demand[];
  /** What callers hand to the trigger. */
  readonly received: readonly FlowOrigin[];
  /** Where secrets go, seen from what yields them. */
  readonly flow: Flow;
}

/** The secrets of a workflow, worked out once for all the rules that ask. */
export function secretsOf(subject: Subject): Secrets {
  return subject.once(findSecrets);
}

function findSecrets(subject: Subject): Secrets {
  const demands = subject.once(listDemands);
  const own = [...listOrigins(subject), ...demandedOrigins(subject, demands)];
  const received = listReceived(subject);
  return { demands, received, flow: new Flow(subject, [...own, ...received, ...listReturned(subject)]) };
}
