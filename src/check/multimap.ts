/** Adds a value to those of a key. */
export function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value) {
  const alike = map.get(key);
  if (alike) alike.push(value);
  else map.set(key, [value]);
}
