import { Big } from 'big.js';
import { notRun, refuse } from '../refusal.ts';
import { base64, bytesOf, bytesOfBase64, utf8 } from '../values/bytes.ts';
import { bytesIn, content, contentOf } from '../values/content.ts';
import { cultureOf } from '../values/culture.ts';
import { groupOf, parseValue } from '../values/json.ts';
import { float, isNumeric, isWhole, toDouble } from '../values/numbers.ts';
import { readFloat, readWhole } from '../values/read-number.ts';
import { asText } from '../values/text.ts';
import { isGroup, type Value } from '../values/value.ts';
import { documentOf, xmlContent } from '../xml/document.ts';
import { jsonToXml } from '../xml/from-json.ts';
import { decodeXmlName, encodeXmlName } from '../xml/names.ts';
import { selectXml } from '../xml/select.ts';
import { xmlToJson } from '../xml/to-json.ts';
import { any, optionalText, text } from './arguments.ts';
import type { Evaluations } from './function.ts';
import { short } from './limits.ts';

const bytesType = 'application/octet-stream';

/** From one kind to another. Sources: docs/facts/engine.md#content, #numbers and #xml. */
export const conversions = {
  array: (values) => [any(values, 0)],
  base64: (values) => toBase64(any(values, 0)),
  base64ToBinary: (values) => content(bytesType, bytesOfBase64(asText(any(values, 0)))),
  base64ToString: (values) => utf8(bytesOfBase64(asText(any(values, 0)))),
  binary: (values) => content(bytesType, bytesOfValue(any(values, 0))),
  bool: (values) => toBoolean(any(values, 0)),
  dataUri: (values) => dataUri(any(values, 0)),
  dataUriToBinary: (values) => fromDataUri(any(values, 0)),
  dataUriToString: (values) => utf8(bytesOfValue(fromDataUri(any(values, 0)))),
  decimal: (values) => toDecimal(any(values, 0)),
  decodeBase64: (values) => utf8(bytesOfBase64(asText(any(values, 0)))),
  decodeDataUri: (values) => fromDataUri(any(values, 0)),
  decodeXmlName: (values) => decodeXmlName(text(values, 0)),
  decodeXmlValue: (values) =>
    asText(any(values, 0)).replaceAll(/&(lt|gt|amp|quot|apos);/g, (found, name) => characters.get(name) ?? found),
  encodeBase64: (values) => toBase64(any(values, 0)),
  encodeXmlName: (values) => encodeXmlName(text(values, 0)),
  encodeXmlValue: (values) => asText(any(values, 0)).replaceAll(/[<>&"']/g, (found) => `&${nameOfEntity.get(found)};`),
  float: (values) => {
    const value = any(values, 0);
    if (isNumeric(value)) return float(toDouble(value));
    const found = readFloat(asText(value), cultureOf(optionalText(values, 1)));
    return found ?? refuse(`The value '${asText(value).slice(0, 60)}' cannot be converted to a float.`);
  },
  int: (values) => {
    const value = any(values, 0);
    if (isWhole(value)) return value;
    if (isNumeric(value)) return notRun('int() of a number that is not whole');
    return readWhole(asText(value)) ?? refuse(`The value '${asText(value).slice(0, 60)}' cannot be converted to an integer.`);
  },
  isFloat: (values) =>
    isNumeric(any(values, 0)) || readFloat(asText(any(values, 0)), cultureOf(optionalText(values, 1))) !== undefined,
  isInt: (values) => isWhole(any(values, 0)) || readWhole(asText(any(values, 0))) !== undefined,
  json: (values) => toJson(any(values, 0)),
  string: (values) => short(asText(any(values, 0))),
  trimByteOrderMark: (values) => {
    const found = contentOf(any(values, 0));
    if (!found) return asText(any(values, 0)).replace(/^\uFEFF/, '');
    const bytes = bytesOfBase64(found.base64);
    return content(found.type, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes);
  },
  xml: (values) => {
    const value = any(values, 0);
    return xmlContent(isGroup(value) && !contentOf(value) ? jsonToXml(value) : documentOf(value));
  },
  xpath: (values) => selectXml(any(values, 0), text(values, 1)),
} satisfies Partial<Evaluations<string>>;

const characters = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }));
const nameOfEntity = new Map([...characters].map(([name, character]) => [character, name]));

function bytesOfValue(value: Value): Uint8Array {
  return bytesIn(value) ?? bytesOf(asText(value));
}

function toBase64(value: Value): string {
  return short(base64(bytesOfValue(value)));
}

function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return toDouble(value) !== 0;
  const word = asText(value).trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  return refuse(`The value '${word.slice(0, 60)}' cannot be converted to a boolean.`);
}

function toDecimal(value: Value): Big {
  if (value instanceof Big) return value;
  try {
    return new Big(asText(value).trim());
  } catch {
    return refuse(`The value '${asText(value).slice(0, 60)}' cannot be converted to a decimal number.`);
  }
}

function toJson(value: Value): Value {
  if (value === null) return groupOf([]);
  if (typeof value === 'string') return parseValue(value);
  const found = contentOf(value);
  if (!found) return value;
  return /[/+]xml\b/i.test(found.type) ? xmlToJson(documentOf(value)) : parseValue(utf8(bytesOfBase64(found.base64)));
}

function dataUri(value: Value): string {
  const found = contentOf(value);
  return short(
    found
      ? `data:${found.type};base64,${found.base64}`
      : `data:text/plain;charset=utf-8;base64,${base64(bytesOf(asText(value)))}`,
  );
}

/** The bytes after `data:`, with their type. Refuses what is no such address. */
function fromDataUri(value: Value): Value {
  const found = /^data:([^,]*?)(;base64)?,([\s\S]*)$/i.exec(asText(value));
  if (!found) return refuse('The value is no data URI.');
  const [, type, isBase64, data = ''] = found;
  return content(type || 'text/plain;charset=US-ASCII', isBase64 ? bytesOfBase64(data) : decodeUri(data));
}

/** Refuses `%` that starts no character. */
export function decodeUri(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return refuse('The value has a % that stands for no character.');
  }
}
