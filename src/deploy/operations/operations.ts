import type { Azure } from '../../azure/azure.ts';
import type { SignInAim } from '../../proofs/aim.ts';
import type { Link } from '../../proofs/proof.ts';
import type { Identities } from '../../proofs/vault-access.ts';
import type { Change } from '../changes.ts';
import type { Plan } from '../plan.ts';
import type { DeployTarget } from '../targets/target-of.ts';
import { appServiceOperations } from './app-service.ts';
import { consumptionOperations } from './consumption.ts';
import { standardOperations } from './standard.ts';

/** What planning, applying and proving a target ask of where it goes. */
export interface TargetOperations {
  /** Of what runs there; undefined while it is not there. */
  readonly findIdentities: () => Promise<Identities | undefined>;
  /** Lets the service itself look at what would be deployed. Throws an AzureError for what it refuses. */
  readonly validate: () => Promise<void>;
  /** What a forecast of the template cannot tell. Throws a RefusedError for what stands in the way. */
  readonly look: () => Promise<readonly Change[]>;
  /** What has to be so before the template is deployed. */
  readonly prepare: (plan: Plan, tell: Tell) => Promise<void>;
  /** In which state a template makes the workflow. */
  readonly state: (plan: Plan) => 'Enabled' | 'Disabled';
  /** What comes once the template is deployed. `mayRead`: whether the identity is seen to have its access. */
  readonly finish: (plan: Plan, tell: Tell, mayRead: boolean) => Promise<void>;
  /** What is there when `finish` is interrupted; a sentence. */
  readonly unfinished: (plan: Plan) => string;
  /** What must hold there so that it can sign in and stays hidden. */
  readonly links: (aim: Pick<SignInAim, 'line'>) => Link[];
}

export type Tell = (about: string, state: string) => void;

export function operationsOf(azure: Azure, target: DeployTarget): TargetOperations {
  switch (target.targetName) {
    case 'consumption':
      return consumptionOperations(azure, target);
    case 'standard':
      return standardOperations(azure, target);
    case 'app-service':
      return appServiceOperations(azure, target);
  }
}
