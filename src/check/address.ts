/** The host of an address, in lower case; undefined for what is no address. */
export function hostOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).hostname.toLowerCase() : undefined;
}
