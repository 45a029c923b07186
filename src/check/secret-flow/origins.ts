import { isGetSecret, isSecretVariable } from '../../definition/get-secret.ts';
import { parameterType } from '../../definition/parameters.ts';
import type { OperationEntry } from '../../definition/walk.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { pointerStep } from '../../json/pointer.ts';
import { isMeantToHide } from '../secure-data.ts';
import type { Subject, TemplateEntry } from '../subject.ts';
import { namesRead } from './certificate.ts';
import type { Demand } from './demand.ts';
import type { FlowOrigin } from './flow.ts';
import type { NodeKey } from './taint.ts';

/** Everything that yields a secret by itself: Get secret, and secure parameters. */
export function listOrigins({ definition, actions }: Subject): FlowOrigin[] {
  const origins: FlowOrigin[] = [];
  for (const { node: action, name, nameWord, pointer } of actions) {
    const path = secretPath(action);
    if (!path) continue;
    const step = { pointer, part: 'key', message: `"${name}" reads it from Key Vault` } as const;
    const isHidden = isMeantToHide(action, 'outputs');
    origins.push({
      node: `outputs ${nameWord}`,
      path,
      source: { kind: 'vault', words: `the secret that "${name}" reads`, step },
      isHidden,
    });
  }
  for (const [name, declared] of Object.entries(isObject(definition.parameters) ? definition.parameters : {})) {
    // The platform's own, such as $authentication, go where the platform puts them.
    if (name.startsWith('$') || !parameterType(member(declared, 'type'))?.startsWith('Secure')) continue;
    const step = { pointer: `/parameters${pointerStep(name)}`, part: 'key', message: `"${name}" is a secure parameter` } as const;
    origins.push({
      node: `parameter ${name.toLowerCase()}`,
      path: [],
      source: { kind: 'parameter', words: `the secure parameter "${name}"`, step },
      isHidden: false,
    });
  }
  return origins;
}

/** Where in an action's outputs the secret stands that it reads from Key Vault. */
function secretPath(action: unknown): readonly string[] | undefined {
  if (!isGetSecret(action)) return undefined;
  return isSecretVariable(action) ? ['body', 'environmentvariablesecretvalue'] : ['body', 'value'];
}

/** What an action signs in with is a secret already where another one answers with it, or with the same certificate. */
export function demandedOrigins(subject: Subject, demands: readonly Demand[]): FlowOrigin[] {
  const origins = new Map<OperationEntry, FlowOrigin>();
  const add = (operation: OperationEntry, node: NodeKey, path: readonly string[], use: TemplateEntry) => {
    const { name, pointer } = operation;
    if (origins.has(operation) || isGetSecret(operation.node)) return;
    const message = `"${name}" answers with what "${use.operation?.name}" signs in with`;
    const words = `the credential that "${name}" answers with`;
    const source = { kind: 'credential', words, step: { pointer, part: 'key', message } } as const;
    origins.set(operation, { node, path, source, isHidden: isMeantToHide(operation.node, 'outputs') });
  };
  const uses = new Map<string, TemplateEntry>();
  for (const { origin, use } of demands) {
    if (origin.kind === 'trigger') add(origin.trigger, 'trigger', origin.path, use);
    if (origin.kind !== 'action') continue;
    add(origin.action, `outputs ${origin.action.nameWord}`, origin.path, use);
    if (use.pointer.endsWith('/pfx')) for (const name of namesRead(subject, origin.action)) uses.set(name, use);
  }
  for (const action of uses.size === 0 ? [] : subject.actionsOfType('http')) {
    const use = namesRead(subject, action)
      .map((name) => uses.get(name))
      .find((one) => one !== undefined);
    if (use) add(action, `outputs ${action.nameWord}`, ['body', 'value'], use);
  }
  return [...origins.values()];
}
