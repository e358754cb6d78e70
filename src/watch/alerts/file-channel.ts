import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Alert, Attempt, Channel } from './alert.ts';

const fileBytesMax = 1024 * 1024;

/**
 * The channel that is always on: one JSON line for each alert and each repeat, 0600; above 1 MiB the file is set aside
 * as `<file>.1`, over an earlier one.
 */
export function fileChannel(file: string): Channel {
  const write = async (alert: Alert, text: string): Promise<Attempt> => {
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      if (((await stat(file).catch(() => null))?.size ?? 0) > fileBytesMax) await rename(file, `${file}.1`);
      await appendFile(file, `${JSON.stringify({ ...alert, text, sentAt: new Date().toISOString() })}\n`, {
        mode: 0o600,
      });
      return { kind: 'delivered', detail: 'written' };
    } catch (error) {
      const detail = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
      return { kind: 'again', detail, afterMs: 0 };
    }
  };
  return { name: 'file', kind: 'file', from: 'notice', send: write, close: async () => undefined };
}
