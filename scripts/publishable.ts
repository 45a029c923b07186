// `npm publish` runs it first: names what only the owner of the repository can fill in, and ends it while something is missing.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { member } from '../src/json/member.ts';

interface About {
  readonly repository?: unknown;
  readonly bugs?: unknown;
  readonly homepage?: unknown;
  readonly author?: unknown;
}

const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.trim() !== '' && !/[<>]|example\.|todo/i.test(value);
const has = (value: unknown, key: string): boolean => isText(member(value, key));

/** What package.json lacks before it can be published, a line each. All of it stands there, and nowhere else. */
export function lacking({ repository, bugs, homepage, author }: About): string[] {
  const wanted: readonly (readonly [boolean, string])[] = [
    [has(repository, 'url'), '"repository": { "type": "git", "url": … }: where the source is; provenance is refused without it'],
    [has(bugs, 'url'), '"bugs": { "url": … }: where mistakes are reported'],
    [has(bugs, 'email'), '"bugs": { "email": … }: who is told of a weakness in private (SECURITY.md)'],
    [isText(homepage), '"homepage": the address that docs/ is found under'],
    [isText(author) || has(author, 'name'), '"author": who publishes it'],
  ];
  return wanted.flatMap(([isThere, what]) => (isThere ? [] : [what]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = lacking(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')));
  if (missing.length > 0) {
    console.error(`package.json lacks what only the owner can fill in:\n${missing.map((line) => `  ${line}`).join('\n')}`);
    process.exitCode = 1;
  }
}
