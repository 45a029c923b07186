/** Lengths of RSA keys, in bits. Entra ID signs in with RSA keys only; App Service asks for 2048 at least. */
export const keyLengths = [2048, 3072, 4096] as const;
export type KeyLength = (typeof keyLengths)[number];
