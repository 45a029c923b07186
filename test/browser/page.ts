import { type Examples, type Library, type Log, tour } from './tour.ts';

/** What the page tells the test. */
export interface Told {
  readonly log?: Log;
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
    const examples = (await (await fetch('/examples')).json()) as Examples;
    return { log: await tour(library, examples), ...rest() };
  } catch (error) {
    return { error: String((error as Error).stack), ...rest() };
  }
}
