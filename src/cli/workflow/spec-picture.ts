import { generateLazily } from '../../library/generate-lazily.ts';
import { type Picture, picture } from '../../library/picture.ts';
import type { Spec } from '../../spec/spec.ts';

/** The workflow of a spec in one environment, drawn. Throws what `generate` throws. */
export async function specPicture(spec: Spec, environment: string | undefined): Promise<Picture> {
  const [file] = await generateLazily(spec, { format: 'definition', ...(environment !== undefined && { environment }) });
  return picture(JSON.parse(String(file?.contents)), { host: 'consumption', name: spec.name });
}
