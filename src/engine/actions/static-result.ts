import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member, memberNamed } from '../../json/member.ts';
import { toValue } from '../values/json.ts';
import type { Action } from './action.ts';
import { ActionFailed, type Outcome } from './outcome.ts';

/** What the definition says that an action gives, in the place of running it (`staticResult`); undefined where it runs. */
export function staticResult({ node, state }: Action): Outcome | undefined {
  const setting = member(node, 'runtimeConfiguration', 'staticResult');
  if (!isObject(setting) || asText(setting.staticResultOptions).toLowerCase() !== 'enabled') return undefined;
  const found = memberNamed(state.staticResults, asText(setting.name));
  if (!isObject(found)) return undefined;
  const outputs = found.outputs === undefined ? undefined : toValue(found.outputs);
  const status = asText(found.status).toLowerCase();
  if (status === 'failed' || status === 'timedout') {
    const code = asText(found.code ?? member(found, 'error', 'code') ?? 'ActionFailed');
    const message = asText(member(found, 'error', 'message') ?? 'The static result is a failure.');
    throw new ActionFailed(code, message, outputs, status === 'failed' ? 'Failed' : 'TimedOut');
  }
  return { status: status === 'skipped' ? 'Skipped' : 'Succeeded', ...(outputs !== undefined && { outputs }), isSecret: false };
}
