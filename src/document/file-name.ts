import { UsageError } from '../diagnostics/errors.ts';

// Source: Microsoft Learn, "Naming Files, Paths, and Namespaces", section "Naming Conventions"; CONIN$ and CONOUT$: "Console Handles".
const device = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$) *(?:[.:]|$)/i;

/**
 * Why a path is none that every system can have, undefined where it is one: on Windows some names are devices with any extension, dots
 * and blanks at the end are dropped, and a colon leads into another file. Its parts stand between slashes of either kind.
 */
export function nameProblem(path: string): string | undefined {
  for (const part of path.split(/[/\\]/)) {
    if (part === '' || part === '.' || part === '..') continue;
    const name = JSON.stringify(part);
    if (device.test(part)) return `${name} is the name of a device on Windows`;
    if (/[. ]$/.test(part)) return `${name} ends in a dot or a blank, which Windows drops`;
    if (part.includes(':')) return `${name} has a colon, which no name on Windows has`;
  }
  return undefined;
}

/** Throws a UsageError for files of which one has such a path. */
export function refuseNames(files: readonly { readonly path: string }[]) {
  for (const { path } of files) {
    const problem = nameProblem(path);
    if (problem !== undefined) throw new UsageError(`${path} cannot be written: ${problem}. Choose another name.`);
  }
}
