import type * as certflow from '../../src/browser.ts';

/** What Node's library and the browser's have both; what gives and takes certificates has types of its own in each. */
export type Library = Omit<typeof certflow, 'createCertificate' | 'readPfx' | 'writePfx'>;

/** What the tour is made with. */
export interface Given {
  /** Example specs by their name. */
  readonly examples: Readonly<Record<string, string>>;
  /** Certificates and PFX files, base64, by their name. */
  readonly files: Readonly<Record<string, string>>;
  readonly password: string;
  readonly now: string;
}

/** What happened, by what was done: texts as they are, bytes as base64, everything else as JSON. */
export type Log = Record<string, string>;

/** Uses everything that the library has, and tells what came out. The same in Node and in a browser. */
export async function tour(library: Library, { examples, files, password, now }: Given): Promise<Log> {
  const log: Log = {};
  const note = async (name: string, work: () => unknown) => {
    log[name] = shown(await attempt(work));
  };
  for (const [name, text] of Object.entries(examples)) {
    const spec = library.parseSpec(text, { file: name });
    for (const environment of spec.environments.keys()) {
      for (const format of library.formatNames as readonly certflow.FormatName[]) {
        const about = `${name} ${environment} ${format}`;
        const files = attemptNow(() => library.generate(spec, { environment, format }));
        if (files instanceof Error) log[about] = shown(files);
        else for (const { path, contents } of files) log[`${about} ${path}`] = shown(contents);
      }
      for (const language of ['http', 'csharp', 'postman'] as const)
        await note(`${name} ${environment} ${language}`, () => library.snippet(spec, { environment, language }));
    }
    const [environment = ''] = spec.environments.keys();
    await packages(library, name, spec, environment, note);
    await definitions(library, name, spec, environment, note);
  }
  for (const [name, file] of Object.entries(files))
    for (const given of [{}, { password }])
      await note(`${name}, ${JSON.stringify(given)}`, () =>
        library.inspectCertificate(fromBase64(file), { ...given, now: new Date(now) }),
      );
  await note('a spec that is none', () => library.parseSpec('name: [x]\nrequests: 1\nvautl: {}\n', { file: 'x.yaml' }));
  await note('a rule', () => library.explain('get-secret-outputs'));
  await note('a code', () => library.explain('AADSTS700027'));
  await note('an unknown rule', () => library.explain('get-secret-output'));
  await note('an expression', () => library.parseTemplate("https://@{triggerBody()?['host']}/@{add(1, 2)}"));
  await note('an expression that is none', () => library.parseTemplate('@{triggerBody('));
  return log;
}

type Note = (name: string, work: () => unknown) => Promise<void>;

/** Packages are opened, checked, and written anew. */
async function packages(library: Library, name: string, spec: certflow.Spec, environment: string, note: Note) {
  for (const format of ['solution', 'flow-package'] as const) {
    const bytes = library.exportPackage(spec, { environment, format, withValues: true });
    const document = await library.open(bytes, { name: `${format}.zip`, contents: 'all' });
    await note(`${name} ${format}: findings`, () => library.checkDocument(document));
    await note(`${name} ${format}: anew`, () => library.zip(library.convert(document, format)));
    await note(`${name} ${format}: its definitions`, () => library.convert(document, 'definition'));
  }
}

/** A definition loses what hides its secrets, which is found and mended; and an ARM template is opened. */
async function definitions(library: Library, name: string, spec: certflow.Spec, environment: string, note: Note) {
  const text = (format: certflow.FormatName, wanted: RegExp) =>
    String(library.generate(spec, { environment, format }).find(({ path }) => wanted.test(path))?.contents);
  const open = text('definition', /definition\.json$/).replaceAll('"runtimeConfiguration"', '"metadata"');
  const bare = await library.open(new TextEncoder().encode(open), { name: 'bare.json' });
  await note(`${name} bare: findings`, () => library.check(JSON.parse(open), { host: 'consumption', text: open }));
  await note(`${name} bare: fixed`, () => library.fix(bare).files);
  const template = new TextEncoder().encode(text('arm', /azuredeploy\.json$/));
  await note(`${name} template`, async () => library.checkDocument(await library.open(template)));
}

async function attempt(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return error;
  }
}

function attemptNow<Result>(work: () => Result): Result | Error {
  try {
    return work();
  } catch (error) {
    return error as Error;
  }
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(''));
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? shown(part) : part), 1);
}
