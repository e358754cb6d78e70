import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino, type Logger } from 'pino';
import { SnowballError } from '#domain/errors.ts';
import { redact } from '#wire/redact.ts';

const fileBytesMax = 20 * 1024 * 1024;

/**
 * The gateway's log: JSON lines in `<folder>/log`, 0600. Every text passes the redaction of the wire before it is
 * written. At a start a file above 20 MiB is set aside as `log.1`, over an earlier one.
 */
export function openLog(folder: string): Logger {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > fileBytesMax) renameSync(file, `${file}.1`);
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: file, mode: 0o600, sync: true }),
  );
}

/** What may be said of an error: its code and message, and those of its causes, redacted. No stack of foreign values. */
export function describe(error: unknown, known: readonly string[] = []): Readonly<Record<string, string>> {
  const messages: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    messages.push(`${current.name}: ${current.message}`);
    current = current.cause;
  }
  const code = error instanceof SnowballError ? error.code : 'unexpected';
  return { code, error: redact(messages.join(' <- ') || String(error), known) };
}
