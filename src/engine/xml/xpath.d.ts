// xpath in the part that is needed, found by `paths` of tsconfig.json: its own types bring those of a browser's window with them.
import type { Node } from '@xmldom/xmldom';

export function select(expression: string, node: Node): Node[] | string | number | boolean | null;
