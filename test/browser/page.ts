import type * as certflow from '../../src/browser.ts';
import { fromBase64, type Given, type Log, shown, tour } from './tour.ts';

type Library = typeof certflow;

/** What the page tells the test. */
export interface Told {
  readonly log?: Log;
  /** PFX files that the page wrote, base64: of a certificate that it made, and of the one that it was given. */
  readonly written?: readonly string[];
  readonly error?: string;
  /** What the page's policy had to stop, by the library. */
  readonly stopped: readonly string[];
  /** Whether text can be run as code here. */
  readonly canEvaluate: boolean;
}

/** What the page runs: everything that the library has. What came out goes back to the test. */
export async function tell(library: Library) {
  await fetch('/told', { method: 'POST', body: JSON.stringify(await run(library)) });
}

/** Of the types of a browser's, which would change those of Node in all tests. */
declare const document: EventTarget;

const stopped: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => {
  const { violatedDirective, blockedURI, sourceFile } = event as Event & Readonly<Record<string, unknown>>;
  stopped.push(`${violatedDirective} ${blockedURI} ${sourceFile}`);
});

async function written(library: Library, { files, password }: Given): Promise<string[]> {
  const made = await library.createCertificate({ subject: 'CN=made in a browser' });
  const read = await library.readPfx(fromBase64(files.compat ?? ''), { password });
  return [
    shown(await library.writePfx(made, { password, encoding: 'compat', rounds: 3 })),
    shown(await library.writePfx(read, { password, encoding: 'modern', rounds: 3 })),
  ];
}

function canEvaluate(): boolean {
  try {
    return new Function('return true')();
  } catch {
    return false;
  }
}

async function run(library: Library): Promise<Told> {
  const rest = () => ({ stopped: [...stopped], canEvaluate: canEvaluate() });
  try {
    const given = (await (await fetch('/given')).json()) as Given;
    return { log: await tour(library, given), written: await written(library, given), ...rest() };
  } catch (error) {
    return { error: String((error as Error).stack), ...rest() };
  }
}
