import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose code is handed on, and the folder that it is in. */
export interface ThirdParty {
  readonly folder: string;
  readonly about: Package;
}

/**
 * The packages that files come from, given by their paths from the root (`node_modules/ajv/dist/…`, also of a package within another), by
 * name and version. Throws for a package without a licence: its code cannot be handed on.
 */
export function thirdParties(root: string, files: Iterable<string>): ThirdParty[] {
  const folders = [...files].flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replaceAll('\\', '/'))?.[0] ?? []);
  const found = new Map<string, ThirdParty>();
  for (const folder of new Set(folders)) {
    const about: Package = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    if (about.license === undefined) throw new Error(`${folder} has no licence: its code cannot be handed on`);
    found.set(`${about.name} ${about.version}`, { folder: join(root, folder), about });
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, party]) => party);
}

/** Their licences and notices. */
export function thirdPartyNotices(parties: readonly ThirdParty[]): string {
  return `certflow contains code of these packages.\n\n${parties.map(noticeOf).join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/**
 * The same packages as a bill of materials that scanners read: what is bundled, no lockfile of a user names. CycloneDX 1.6, JSON.
 * Source: https://cyclonedx.org/docs/1.6/json/.
 */
export function billOfMaterials(parties: readonly ThirdParty[], { name, version, license }: Package): string {
  const reference = (about: Pick<Package, 'name' | 'version'>) => `pkg:npm/${about.name.replace('@', '%40')}@${about.version}`;
  const component = (about: Package) => ({
    type: 'library',
    'bom-ref': reference(about),
    name: about.name,
    version: about.version,
    licenses: [/^[\w.-]+$/.test(about.license ?? '') ? { license: { id: about.license } } : { expression: about.license }],
    purl: reference(about),
  });
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component({ name, version, ...(license === undefined ? {} : { license }) }) },
    components: parties.map(({ about }) => component(about)),
    dependencies: [{ ref: reference({ name, version }), dependsOn: parties.map(({ about }) => reference(about)) }],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  readonly homepage?: string;
}

function noticeOf({ folder, about }: ThirdParty): string {
  const files = readdirSync(folder).sort();
  const [licence] = files.filter((file) => /^(?:licen[cs]e|copying)/i.test(file));
  const read = (file: string) => readFileSync(join(folder, file), 'utf8').trim();
  const texts = [licence === undefined ? told(about) : read(licence), ...files.filter((file) => /^notice/i.test(file)).map(read)];
  return `${about.name} ${about.version}\n\n${texts.join('\n\n')}\n`;
}

/** Some packages come without the text of their licence. */
function told({ license, author, homepage }: Package): string {
  const by = typeof author === 'object' ? author.name : author;
  return [
    `Licence: ${license}`,
    ...(by === undefined ? [] : [`Copyright: ${by}`]),
    ...(homepage === undefined ? [] : [homepage]),
  ].join('\n');
}
