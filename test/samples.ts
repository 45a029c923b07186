import { readFileSync } from 'node:fs';

/** The samples of pages, each a program of its own. */
export const samples = ['README.md', 'docs/api.md'].flatMap((page) =>
  [...readFileSync(new URL(`../${page}`, import.meta.url), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
    ([, code = ''], index) => ({
      name: `${page.replaceAll(/\W/g, '-')}-${index + 1}.ts`,
      code,
    }),
  ),
);
