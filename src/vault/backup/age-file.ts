import { Decrypter, Encrypter } from 'age-encryption';
import { FixConfiguration } from '#domain/errors.ts';
import type { RecoverySheet } from './recovery-sheet.ts';

/** An age file (X25519) of `plain` for one public recipient. @param recipient `age1…` */
export async function encryptTo(recipient: string, plain: Uint8Array): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(plain));
}

/** @throws {FixConfiguration} vault.backup when the file is none, is damaged, or was made for another sheet */
export async function decryptWith(sheet: RecoverySheet, file: Uint8Array): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(sheet.key.reveal());
  try {
    return Buffer.from(await decrypter.decrypt(file));
  } catch (cause) {
    throw new FixConfiguration(
      'vault.backup',
      'Cannot open the backup: it is damaged or was made for another recovery sheet, wanted one made by "snowball vault backup" for this one',
      { cause },
    );
  }
}
