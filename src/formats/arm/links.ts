import { asText } from '../../diagnostics/words.ts';
import { isObject } from '../../json/json.ts';
import { member } from '../../json/member.ts';
import { formOf, formOfId, isOpenForm } from '../../template-language/form.ts';
import type { ArmTemplate, PlacedResource } from './templates.ts';

/** How the resources of one template name each other. */
export class Links {
  readonly #template: ArmTemplate;
  /** Undefined for an id that two resources have: which of them is meant, a condition decides. */
  readonly #byId = new Map<string, PlacedResource | undefined>();

  constructor(template: ArmTemplate) {
    this.#template = template;
    for (const placed of template.resources) {
      const id = this.#idOf(placed.resource);
      // Of a loop each resource has an id of its own.
      if (id !== undefined && placed.resource.copy === undefined) this.#byId.set(id, this.#byId.has(id) ? undefined : placed);
    }
  }

  /** The resource of the template that a value is the id of, where that is sure. */
  resourceOf(id: unknown): PlacedResource | undefined {
    return typeof id === 'string' ? this.#byId.get(formOf(id, this.#template.scopes)) : undefined;
  }

  /**
   * Whether a resource is deployed after another one, as far as `dependsOn` tells; undefined where it names what cannot be followed. Source:
   * docs/facts/resource-manager.md#what-is-deployed-first.
   */
  isAfter({ resource }: PlacedResource, first: PlacedResource): boolean | undefined {
    const seen = new Set<PlacedResource>();
    const waiting = [resource];
    let isSure = true;
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const named: unknown[] = Array.isArray(next.dependsOn) ? next.dependsOn : [];
      if (next.dependsOn !== undefined && !Array.isArray(next.dependsOn)) isSure = false;
      for (const name of named) {
        const found = this.#named(name);
        if (found === first) return true;
        if (found === 'unknown') isSure = false;
        else if (found && !seen.has(found)) {
          seen.add(found);
          waiting.push(found.resource);
        }
      }
    }
    return isSure ? false : undefined;
  }

  /** What an entry of `dependsOn` names: an id, a name with its type or without, a symbolic name; undefined for what is elsewhere. */
  #named(entry: unknown): PlacedResource | 'unknown' | undefined {
    if (typeof entry !== 'string') return 'unknown';
    const { scopes, resources, node } = this.#template;
    if (!Array.isArray(node.resources)) return resources.find(({ key }) => key === entry) ?? 'unknown';
    const form = formOf(entry, scopes);
    if (this.#byId.has(form)) return this.#byId.get(form) ?? 'unknown';
    const short = resources.filter(({ resource }) => {
      const name = formOf(asText(resource.name), scopes);
      return form === name || form === `${asText(resource.type).toLowerCase()}/${name}` || form === loopOf(resource);
    });
    const [only] = short;
    if (only && short.length === 1 && only.resource.copy === undefined) return only;
    return short.length > 0 || isOpenForm(form) ? 'unknown' : undefined;
  }

  #idOf({ type, name }: Readonly<Record<string, unknown>>): string | undefined {
    if (typeof type !== 'string' || typeof name !== 'string') return undefined;
    return formOfId(type, formOf(name, this.#template.scopes));
  }
}

function loopOf(resource: Readonly<Record<string, unknown>>): string | undefined {
  return isObject(resource.copy) ? asText(member(resource.copy, 'name')).toLowerCase() : undefined;
}
