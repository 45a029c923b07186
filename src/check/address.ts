import type { ActionEntry } from '../definition/walk.ts';
import type { Subject } from './subject.ts';

/** The host that an HTTP action calls, as far as its address says it in plain text; in lower case. */
export function hostCalled(subject: Subject, { node, pointer }: ActionEntry): string | undefined {
  const { inputs } = node as { inputs?: { uri?: unknown } };
  const at = `${pointer}/inputs/uri`;
  const uri = typeof inputs?.uri === 'string' ? (subject.knownText(inputs.uri, at) ?? plainStart(subject, at)) : undefined;
  return uri === undefined ? undefined : hostOf(uri);
}

/** The text before the first expression of a string, where it holds a whole host name. */
function plainStart(subject: Subject, pointer: string): string | undefined {
  const template = subject.templateAt(pointer)?.template;
  const first = template?.kind === 'interpolation' ? template.segments[0] : undefined;
  return first?.kind === 'text' && /^https?:\/\/[^/]+\//i.test(first.text) ? first.text : undefined;
}

export function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).hostname.toLowerCase() : undefined;
}
