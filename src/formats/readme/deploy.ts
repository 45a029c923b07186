import template from '../../generated/templates/infrastructure/deploy.md.js';
import { certflow } from '../../next/command-line.ts';
import { render } from '../../text/render.ts';
import type { WriteInput } from '../format.ts';

type Source = Pick<WriteInput, 'spec' | 'environment'>;

/** A certflow command for the spec and the environment that files were made of, to be run in the folder of the spec. */
export function commandFor({ spec, environment }: Source, command: string, ...options: readonly string[]): string {
  const environments = environment.name === '' ? [] : [environment.name];
  return certflow({ specs: [spec.source.fileName], environments }, command, ...options);
}

/** What a README.md says of the command that deploys what its files describe. `target`: the value of `--target`. */
export function deployWords(input: Source, target: 'consumption' | 'standard' | 'app-service'): string {
  const text = render(template, {
    file: input.spec.source.fileName,
    deploy: commandFor(input, 'deploy', '--target', target),
    isStandard: target === 'standard',
  });
  return text.trimEnd();
}
