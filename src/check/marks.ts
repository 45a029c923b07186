import { signInsOf } from './sign-ins/sign-ins.ts';
import type { Subject } from './subject.ts';
import { vaultRead } from './vault-read.ts';

/** The operations that sign in, and those that read a secret from a vault, by their JSON pointers. */
export function markedOperations(subject: Subject): Map<string, 'sign-in' | 'secret'> {
  const marks = new Map<string, 'sign-in' | 'secret'>();
  for (const { users } of signInsOf(subject)) for (const { pointer } of users) marks.set(pointer, 'sign-in');
  for (const action of subject.actions) if (vaultRead(subject, action)) marks.set(action.pointer, 'secret');
  return marks;
}
