import { Decrypter, Encrypter } from 'age-encryption';
import { FixConfiguration } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { RecoverySheet } from './recovery-sheet.ts';

/** Whoever may open a backup: the holder of a recovery sheet, or of a passphrase. */
export type BackupKey =
  | { readonly kind: 'recovery'; readonly sheet: RecoverySheet }
  | { readonly kind: 'passphrase'; readonly passphrase: Secret };

/** An age file (X25519) of `plain` for one public recipient. @param recipient `age1…` */
export async function encryptTo(recipient: string, plain: Uint8Array): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(plain));
}

/** An age file (scrypt) of `plain` under a passphrase, for a vault without a recovery sheet. */
export async function encryptUnder(passphrase: Secret, plain: Uint8Array): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase.reveal());
  return Buffer.from(await encrypter.encrypt(plain));
}

/** @throws {FixConfiguration} vault.backup when the file is none, is damaged, or was made for another key */
export async function decryptWith(key: BackupKey, file: Uint8Array): Promise<Buffer> {
  const decrypter = new Decrypter();
  if (key.kind === 'recovery') decrypter.addIdentity(key.sheet.key.reveal());
  else decrypter.addPassphrase(key.passphrase.reveal());
  try {
    return Buffer.from(await decrypter.decrypt(file));
  } catch (cause) {
    throw new FixConfiguration(
      'vault.backup',
      `Cannot open the backup: it is damaged or was made for another ${key.kind === 'recovery' ? 'recovery sheet' : 'passphrase'}, wanted one made by "snowball vault backup" for this one`,
      { cause },
    );
  }
}
