import { createDecipheriv } from 'node:crypto';

/**
 * Plain fields of an encrypted notice frame: AES-256-CBC, key and vector of the acknowledgement as raw ASCII, PKCS#7,
 * the whole payload before it is split. All three clients do just this.
 *
 * @throws when key, vector, padding or base64 are wrong
 */
export function noticeFields(frame: string, { key, iv }: { readonly key: string; readonly iv: string }): string[] {
  const [encrypted, , count, payload = ''] = frame.split('|');
  if (encrypted !== '1' || count !== '001') throw new Error(`Not one encrypted record: ${frame.slice(0, 20)}`);
  const decipher = createDecipheriv('aes-256-cbc', Buffer.from(key, 'ascii'), Buffer.from(iv, 'ascii'));
  const bytes = Buffer.concat([decipher.update(Buffer.from(payload, 'base64')), decipher.final()]);
  return bytes.toString('utf8').split('^');
}
