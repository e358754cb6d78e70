import { randomBytes } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { FixConfiguration } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';

const keyPattern = /^[0-9a-f]{64}\n?$/;
const bytesMax = 128;

/**
 * Makes a key file for a machine that starts without a person: 64 hex digits, mode 0600, durable. It belongs into
 * systemd's `LoadCredentialEncrypted=` or onto a disk that the vault is not on; beside the vault it protects nothing.
 *
 * @throws {FixConfiguration} vault.credential when a file is there already or the disk refuses
 */
export async function makeCredentialFile(file: string): Promise<Secret> {
  const key = randomBytes(32).toString('hex');
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(`${key}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new FixConfiguration(
      'vault.credential',
      `Cannot write the key file "${file}": it is there already or the disk refused, wanted a new file`,
      { cause },
    );
  }
  return new Secret(key);
}

/**
 * Reads a key file. Others must not be able to read it; a group may, because systemd shows its own access list so.
 *
 * @throws {FixConfiguration} vault.credential
 */
export async function readCredentialFile(file: string): Promise<Secret> {
  const refuse = (found: string, cause?: unknown): FixConfiguration =>
    new FixConfiguration('vault.credential', `Cannot use the key file "${file}": ${found}`, { cause });
  let text: string;
  try {
    const { mode, size } = await stat(file);
    if (process.platform !== 'win32' && (mode & 0o037) !== 0) {
      throw refuse(`its mode is ${(mode & 0o777).toString(8)}, wanted 600. Run chmod 600 on it`);
    }
    if (size > bytesMax) throw refuse(`it has ${size} bytes, wanted 64 hex digits`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw error instanceof FixConfiguration ? error : refuse('it cannot be read, wanted a file of mode 600', error);
  }
  if (!keyPattern.test(text)) throw refuse('its content is another, wanted 64 hex digits');
  return new Secret(text.trim());
}
