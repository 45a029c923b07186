import { RefusedError } from '../diagnostics/errors.ts';

/** What calls Azure, with Microsoft's SDKs: they may be left out when certflow is installed. Throws a RefusedError where they are. */
export function loadAzure(): Promise<typeof import('./azure.ts')> {
  return loaded(() => import('./azure.ts'));
}

/** What `load` imports; a package of Microsoft's that is not there is told in words. */
export async function loaded<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    throw missingPackage(error) ?? error;
  }
}

/** Node tells the name in its message only. */
function missingPackage(error: unknown): RefusedError | undefined {
  // So it is called of an import, and of `require`.
  const codes: unknown[] = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];
  if (!(error instanceof Error) || !('code' in error) || !codes.includes(error.code)) return undefined;
  const [, name] = /'(@azure\/[a-z-]+)'/.exec(error.message) ?? [];
  return name === undefined
    ? undefined
    : new RefusedError(
        `${name} is not installed, and what calls Azure needs it: it was left out with what is optional. Run "npm install --include=optional" where this package is installed; of a global one, "npm install --global --include=optional certflow".`,
        { cause: error },
      );
}
