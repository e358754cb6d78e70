import { argon2 } from 'node:crypto';
import { FixConfiguration } from '#domain/errors.ts';

/** How much work one guess of the passphrase costs. */
export interface KdfParameters {
  /** KiB of memory. */
  readonly memoryKib: number;
  /** Passes over it. */
  readonly passes: number;
  /** Lanes. */
  readonly parallelism: number;
}

/** About half a second to a second on a present-day machine. */
export const kdfDefault: KdfParameters = { memoryKib: 256 * 1024, passes: 3, parallelism: 4 };

/** The least that a vault may be made with or opened with. */
export const kdfFloor: KdfParameters = { memoryKib: 64 * 1024, passes: 3, parallelism: 1 };

/** The most that opening a file may cost: a file is untrusted, and its parameters are used before it is authenticated. */
export const kdfCeiling: KdfParameters = { memoryKib: 1024 * 1024, passes: 10, parallelism: 16 };

const keyBytes = 32;

/**
 * The key of a passphrase slot: Argon2id (RFC 9106) over the passphrase.
 *
 * @param passphrase normalised, UTF-8
 * @param salt 16 random bytes
 * @throws {FixConfiguration} vault.kdf when a parameter lies outside floor and ceiling; no work is done then
 */
export async function deriveSlotKey(passphrase: Buffer, salt: Buffer, parameters: KdfParameters): Promise<Buffer> {
  checkKdf(parameters);
  return await new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      {
        message: passphrase,
        nonce: salt,
        memory: parameters.memoryKib,
        passes: parameters.passes,
        parallelism: parameters.parallelism,
        tagLength: keyBytes,
      },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}

/** @throws {FixConfiguration} vault.kdf when a parameter is not a whole number between floor and ceiling */
export function checkKdf(parameters: KdfParameters): void {
  for (const name of ['memoryKib', 'passes', 'parallelism'] as const) {
    const value = parameters[name];
    if (Number.isSafeInteger(value) && value >= kdfFloor[name] && value <= kdfCeiling[name]) continue;
    throw new FixConfiguration(
      'vault.kdf',
      `Cannot use the vault's key derivation: ${name} is ${value}, wanted ${kdfFloor[name]} to ${kdfCeiling[name]}`,
    );
  }
}
