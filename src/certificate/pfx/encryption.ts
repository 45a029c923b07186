import { OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { randomBytes } from '../bytes.ts';
import { CertificateError } from '../certificate-error.ts';
import { serialize } from '../der.ts';
import { decipher, encipher, pbkdf2 } from '../platform/node.ts';
import { type Encryption, oid, readEncryption } from './algorithms.ts';
import type { PfxEncoding } from './encoding.ts';
import { derivationsFor, deriveKey, type Password, purpose, utf8Password } from './key-derivation.ts';
import { decipherRc2 } from './rc2.ts';
import { octetString, Pbes2Parameters, Pbkdf2Parameters, Pkcs12PbeParameters, toArrayBuffer } from './structures.ts';
import type { WorkLimit } from './work-limit.ts';

export interface Encrypted {
  readonly algorithm: AlgorithmIdentifier;
  readonly bytes: Uint8Array;
}

export function encrypt(plain: Uint8Array, password: Password, encoding: PfxEncoding, iterations: number): Encrypted {
  return encoding === 'modern' ? encryptModern(plain, password, iterations) : encryptCompat(plain, password, iterations);
}

function encryptModern(plain: Uint8Array, password: Password, iterations: number): Encrypted {
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const key = pbkdf2('sha256', utf8Password(password), salt, iterations, 32);
  const prf = new AlgorithmIdentifier({ algorithm: oid.hmacSha256, parameters: null });
  const derivation = Object.assign(new Pbkdf2Parameters(), { salt: new OctetString(salt), iterations, prf });
  const parameters = Object.assign(new Pbes2Parameters(), {
    keyDerivation: new AlgorithmIdentifier({ algorithm: oid.pbkdf2, parameters: toArrayBuffer(serialize(derivation)) }),
    encryption: new AlgorithmIdentifier({ algorithm: oid.aes256, parameters: octetString(iv) }),
  });
  const algorithm = new AlgorithmIdentifier({ algorithm: oid.pbes2, parameters: toArrayBuffer(serialize(parameters)) });
  return { algorithm, bytes: encipher('aes-256-cbc', key, iv, plain) };
}

function encryptCompat(plain: Uint8Array, password: Password, iterations: number): Encrypted {
  const salt = randomBytes(8);
  const key = deriveKey('sha1', purpose.encryptionKey, password, salt, iterations, 24);
  const iv = deriveKey('sha1', purpose.initializationVector, password, salt, iterations, 8);
  const parameters = Object.assign(new Pkcs12PbeParameters(), { salt: new OctetString(salt), iterations });
  const algorithm = new AlgorithmIdentifier({ algorithm: oid.tripleDes, parameters: toArrayBuffer(serialize(parameters)) });
  return { algorithm, bytes: encipher('des-ede3-cbc', key, iv, plain) };
}

/** Throws a CertificateError: `unreadable-cipher`, `too-much-work`, or `wrong-password` where what comes out is no plain text. */
export function decrypt(algorithm: AlgorithmIdentifier, bytes: Uint8Array, password: Password, work: WorkLimit): Uint8Array {
  const encryption = readEncryption(algorithm);
  const { key, iv } = keyOf(encryption, password, work);
  try {
    const { name } = encryption.cipher;
    return name === 'rc2-40-cbc' || name === 'rc2-128-cbc' ? decipherRc2(name, key, iv, bytes) : decipher(name, key, iv, bytes);
  } catch (error) {
    throw new CertificateError('wrong-password', 'The password does not open the file.', { cause: error });
  }
}

function keyOf(encryption: Encryption, password: Password, work: WorkLimit): { key: Uint8Array; iv: Uint8Array } {
  const { salt, cipher } = encryption;
  if (encryption.scheme === 'pbes2') {
    const iterations = work.spend(encryption.iterations, derivationsFor(encryption.hash, cipher.keyLength));
    return { key: pbkdf2(encryption.hash, utf8Password(password), salt, iterations, cipher.keyLength), iv: encryption.iv };
  }
  const derivations = derivationsFor('sha1', cipher.keyLength) + derivationsFor('sha1', cipher.blockLength);
  const iterations = work.spend(encryption.iterations, derivations);
  return {
    key: deriveKey('sha1', purpose.encryptionKey, password, salt, iterations, cipher.keyLength),
    iv: deriveKey('sha1', purpose.initializationVector, password, salt, iterations, cipher.blockLength),
  };
}
