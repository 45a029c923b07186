import { homepage } from '../generated/version.ts';
import { member } from '../json/member.ts';

/**
 * Where a page of docs/ is read that tells of a rule or a code: at the address of the documentation, or by the command that prints it, as
 * long as package.json names no address.
 */
export function pageOf(docs: string, name: string, address: string | undefined = homepage): string {
  if (address !== undefined) return `${address.replace(/\/$/, '')}/${docs}`;
  return name === '' ? docs : `certflow explain ${name}`;
}

/** For JSON.stringify: `docs` of a finding, a rule or a code is where its page is read. */
export function pageIn(this: unknown, key: string, value: unknown): unknown {
  if (key !== 'docs' || typeof value !== 'string' || !value.startsWith('docs/')) return value;
  const name = ['rule', 'name', 'code'].map((each) => member(this, each)).find((each) => typeof each === 'string');
  return pageOf(value, name ?? '');
}
