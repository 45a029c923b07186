import { expect, test } from 'vitest';
import { targetKeys } from '../../src/deploy/targets/target-name.ts';
import { type FormatName, generate, parseSpec } from '../../src/index.ts';
import { baseSpec } from '../specs.ts';

const site = { ...baseSpec.targets.consumption, site: 'hr-contoso' };
const environments = { dev: {}, prod: {}, local: {} };

/** The README.md of a format, of a spec whose file has a blank in its name. */
function readme(format: FormatName, targets: object = { consumption: site, standard: site, appService: site }): string {
  const { site: _, ...consumption } = site;
  const all = Object.keys(targets).length === 0 ? {} : { ...targets, consumption };
  const spec = parseSpec(JSON.stringify({ ...baseSpec, targets: all, environments }), { file: 'flows/hr lists.yaml' });
  const files = generate(spec, { format, environment: 'dev' });
  return String(files.find(({ path }) => path.endsWith('README.md') && !path.startsWith('csharp/'))?.contents);
}

/** What stands in the blocks of a language. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^\`]*)^\`\`\``, 'gm'))].map(([, block = '']) => block.trimEnd());
}

test.each<[FormatName, keyof typeof targetKeys]>([
  ['definition', 'consumption'],
  ['arm', 'consumption'],
  ['bicep', 'consumption'],
  ['standard-project', 'standard'],
  ['app-service', 'app-service'],
])('%s is deployed by certflow first, and by commands that are the same in every shell', (format, target) => {
  const [first, ...others] = blocks(readme(format), 'text');
  expect(first).toBe(`certflow deploy "hr lists.yaml" -e dev --target ${target}`);
  expect(Object.keys(targetKeys)).toContain(target);
  // What goes on in a further line, or is quoted in another way, differs between bash and PowerShell.
  for (const block of others) expect(block).not.toMatch(/[\\`$']|<<</);
});

test('a definition of a spec without a place names what deploys it once it has one', () => {
  expect(readme('definition', {})).toContain('`certflow deploy "hr lists.yaml" -e dev`');
});

test('the password of a PFX goes into a variable in bash and in PowerShell, and into no command', () => {
  const text = readme('app-service');
  expect(blocks(text, 'sh')).toEqual(['read -rs CertificatePassword && export CertificatePassword']);
  expect(blocks(text, 'powershell')).toEqual([expect.stringMatching(/^\$env:CertificatePassword = \(Get-Credential /)]);
});
