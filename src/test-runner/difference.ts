import { quote } from '../diagnostics/words.ts';
import { isObject } from '../json/json.ts';
import { pointerStep } from '../json/pointer.ts';

/** Where a value is not as it is expected, and what stands on both sides. */
export interface Difference {
  /** From the value. */
  readonly pointer: string;
  readonly message: string;
}

/**
 * The first place in which a value is not as expected; undefined where it is. An object may have more members than are expected, a
 * list must have the same items.
 */
export function difference(expected: unknown, found: unknown, pointer = ''): Difference | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(found)) return differs(pointer, 'a list', found);
    if (expected.length !== found.length)
      return { pointer, message: `a list of ${expected.length} is expected, and it has ${found.length}` };
    return firstOf(expected.map((item, index) => difference(item, found[index], `${pointer}/${index}`)));
  }
  if (isObject(expected)) {
    if (!isObject(found)) return differs(pointer, 'an object', found);
    return firstOf(
      Object.entries(expected).map(([name, inner]) =>
        Object.hasOwn(found, name)
          ? difference(inner, found[name], pointer + pointerStep(name))
          : { pointer: pointer + pointerStep(name), message: `${quote(inner)} is expected, and there is no such member` },
      ),
    );
  }
  return expected === found ? undefined : differs(pointer, quote(expected), found);
}

function differs(pointer: string, expected: string, found: unknown): Difference {
  return { pointer, message: `${expected} is expected, and it is ${found === undefined ? 'nothing' : quote(found)}` };
}

function firstOf(all: readonly (Difference | undefined)[]): Difference | undefined {
  return all.find((one) => one !== undefined);
}
