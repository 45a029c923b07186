import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Licences and notices of the packages that files come from, given by their paths from the root (`node_modules/ajv/dist/…`, also of a
 * package within another). Throws for a package without a licence: its code cannot be handed on.
 */
export function thirdPartyNotices(root: string, files: Iterable<string>): string {
  const folders = [...files].flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replaceAll('\\', '/'))?.[0] ?? []);
  const notices = [...new Set(folders)].map((folder) => noticeOf(join(root, folder)));
  return `certflow contains code of these packages.\n\n${[...new Set(notices)].sort().join(`\n${'-'.repeat(80)}\n\n`)}`;
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  readonly homepage?: string;
}

function noticeOf(folder: string): string {
  const about: Package = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (about.license === undefined) throw new Error(`${folder} has no licence: its code cannot be handed on`);
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
