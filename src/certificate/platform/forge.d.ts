// node-forge in the parts that are needed: its types know only the whole.
declare module 'node-forge/lib/cipher.js' {
  import type { cipher } from 'node-forge';

  const part: typeof cipher;
  export default part;
}
declare module 'node-forge/lib/util.js' {
  import type { util } from 'node-forge';

  const part: typeof util;
  export default part;
}
declare module 'node-forge/lib/jsbn.js' {
  import type { jsbn } from 'node-forge';

  const part: typeof jsbn;
  export default part;
}
declare module 'node-forge/lib/rsa.js' {
  import type { pki } from 'node-forge';

  const part: typeof pki.rsa;
  export default part;
}
declare module 'node-forge/lib/aes.js';
declare module 'node-forge/lib/des.js';
declare module 'node-forge/lib/rc2.js' {
  import type { util } from 'node-forge';

  interface Decipher {
    readonly output: util.ByteBuffer;
    start(iv: string): void;
    update(input: util.ByteBuffer): void;
    finish(unpad: () => boolean): boolean;
  }
  const rc2: { createDecryptionCipher(key: string, effectiveBits: number): Decipher };
  export default rc2;
}
