import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { helpers } from './helpers.ts';

/** What scripts/compile.ts makes of a template in templates/. */
export type CompiledTemplate = TemplateSpecification;

// Handlebars types its runtime as an empty module; it is Handlebars without the compiler.
const environment = (runtime as unknown as typeof Handlebars).create();
for (const [name, helper] of Object.entries(helpers)) {
  environment.registerHelper(name, (value: unknown) => {
    if (value === undefined) throw new Error(`a template gives {{${name}}} no value`);
    return helper(value as never);
  });
}

/** The text that a template makes of the values. A value that the template needs and does not get is an error. */
export function render(template: CompiledTemplate, values: object): string {
  return environment.template(template)(values);
}
