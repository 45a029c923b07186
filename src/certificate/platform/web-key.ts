import { ECParameters, ECPrivateKey, id_ecPublicKey } from '@peculiar/asn1-ecc';
import { PrivateKeyInfo } from '@peculiar/asn1-pkcs8';
import { id_rsaEncryption, RSAPrivateKey, RSAPublicKey } from '@peculiar/asn1-rsa';
import { AsnParser, AsnSerializer } from '@peculiar/asn1-schema';
import type { AlgorithmIdentifier, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { toHex } from '../bytes.ts';

const idRsaPss = '1.2.840.113549.1.1.10';

/** Algorithms of keys as Node names them. */
const algorithms: Readonly<Record<string, string>> = {
  [id_rsaEncryption]: 'rsa',
  [idRsaPss]: 'rsa-pss',
  [id_ecPublicKey]: 'ec',
  '1.2.840.10040.4.1': 'dsa',
  '1.3.101.110': 'x25519',
  '1.3.101.112': 'ed25519',
  '1.3.101.113': 'ed448',
};

/** Curves as Node names them. */
const curves: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'prime256v1',
  '1.3.132.0.10': 'secp256k1',
  '1.3.132.0.34': 'secp384r1',
  '1.3.132.0.35': 'secp521r1',
};

/** The public key of a certificate. Throws where it is of no known kind. */
export class PublicKey {
  readonly asymmetricKeyType: string;
  readonly asymmetricKeyDetails: { readonly modulusLength?: number; readonly namedCurve?: string };
  /** The key itself, as it lies in the certificate. */
  readonly bytes: Uint8Array;

  constructor({ algorithm, subjectPublicKey }: SubjectPublicKeyInfo) {
    const type = algorithms[algorithm.algorithm];
    if (type === undefined) throw new Error(`a key of the unknown kind ${algorithm.algorithm}`);
    this.asymmetricKeyType = type;
    this.bytes = new Uint8Array(subjectPublicKey);
    if (type.startsWith('rsa')) this.asymmetricKeyDetails = { modulusLength: bitLength(this.rsa().modulus) };
    else this.asymmetricKeyDetails = type === 'ec' ? curveOf(algorithm) : {};
  }

  rsa(): RSAPublicKey {
    return AsnParser.parse(this.bytes, RSAPublicKey);
  }
}

function curveOf({ parameters }: AlgorithmIdentifier): { namedCurve?: string } {
  const { namedCurve } = parameters ? AsnParser.parse(parameters, ECParameters) : {};
  const name = namedCurve === undefined ? undefined : (curves[namedCurve] ?? namedCurve);
  return name === undefined ? {} : { namedCurve: name };
}

function bitLength(modulus: ArrayBuffer): number {
  return BigInt(`0x${toHex(new Uint8Array(modulus))}`).toString(2).length;
}

/** A private key. It prints and serialises as nothing, as Node's does. */
export class PrivateKey {
  readonly #pkcs8: Uint8Array;
  readonly #publicKey: Uint8Array | undefined;

  constructor(pkcs8: Uint8Array) {
    const { privateKeyAlgorithm, privateKey } = AsnParser.parse(pkcs8, PrivateKeyInfo);
    this.#pkcs8 = new Uint8Array(pkcs8);
    this.#publicKey = publicPart(privateKeyAlgorithm, new Uint8Array(privateKey.buffer));
  }

  /** PKCS#8, DER. */
  export(_: { readonly type: 'pkcs8'; readonly format: 'der' }): Uint8Array {
    return new Uint8Array(this.#pkcs8);
  }

  /** Whether the public key is this one's. Of kinds that do not tell, and that nobody signs in with, it is taken to be. */
  belongsTo({ bytes }: PublicKey): boolean {
    return this.#publicKey === undefined || toHex(this.#publicKey) === toHex(bytes);
  }
}

export function readPkcs8(pkcs8: Uint8Array): PrivateKey {
  return new PrivateKey(pkcs8);
}

/** As it lies in a certificate. Throws where the key is none of its kind. */
function publicPart({ algorithm }: AlgorithmIdentifier, key: Uint8Array): Uint8Array | undefined {
  if (algorithm === id_rsaEncryption || algorithm === idRsaPss) {
    const { modulus, publicExponent } = AsnParser.parse(key, RSAPrivateKey);
    return new Uint8Array(AsnSerializer.serialize(new RSAPublicKey({ modulus, publicExponent })));
  }
  if (algorithm !== id_ecPublicKey) return undefined;
  const { publicKey } = AsnParser.parse(key, ECPrivateKey);
  return publicKey && new Uint8Array(publicKey);
}
