/** Hashes and ciphers as node:crypto names them. */
export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
export type CipherName = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc' | 'des-ede-cbc';
