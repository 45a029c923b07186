/** Parameter types by their name in lower case, as messages write them. Source: docs/facts/definitions.md#parameters. */
const typeNames = ['String', 'SecureString', 'Int', 'Float', 'Bool', 'Array', 'Object', 'SecureObject'] as const;

/** The type in its own spelling; undefined where there is no such type. */
export function parameterType(type: unknown): (typeof typeNames)[number] | undefined {
  const word = typeof type === 'string' ? type.toLowerCase() : undefined;
  return typeNames.find((name) => name.toLowerCase() === word);
}

/** Whether a value that stands in the definition as it is can be one of a parameter of the type. */
export function fitsParameter(type: (typeof typeNames)[number], value: unknown): boolean {
  switch (type) {
    case 'String':
    case 'SecureString':
      return typeof value === 'string';
    case 'Int':
      return Number.isInteger(value);
    case 'Float':
      return typeof value === 'number';
    case 'Bool':
      return typeof value === 'boolean';
    case 'Array':
      return Array.isArray(value);
    case 'Object':
    case 'SecureObject':
      return typeof value === 'object' && value !== null;
  }
}
