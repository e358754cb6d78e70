import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { BookState, Report } from './alert-book.ts';
import type { Environment } from '#domain/environment.ts';

/** What outlives the watchdog. */
export interface AlertMemory {
  /** Number of the last alert taken from the gateway. */
  readonly cursor: number;
  readonly book: BookState;
  /** Own alerts that the gateway does not have yet. */
  readonly owed: readonly { readonly id: string; readonly code: string }[];
  readonly reports: readonly Report[];
  readonly environment: Environment | null;
}

const alert = z.object({ id: z.string(), code: z.string(), at: z.iso.datetime(), line: z.string().nullable() });
const outcome = z.enum(['delivered', 'failed']);
const way = z.object({
  state: z.enum(['waiting', 'delivered', 'failed']),
  tries: z.int(),
  nextMs: z.number(),
  told: outcome.nullable(),
});
const schema = z.object({
  format: z.literal(1),
  cursor: z.int().nonnegative(),
  book: z.object({
    entries: z.array(z.object({ alert, firstMs: z.number(), repeats: z.int(), ways: z.record(z.string(), way) })),
    seen: z.array(z.string()),
  }),
  owed: z.array(z.object({ id: z.string(), code: z.string() })),
  reports: z.array(z.object({ id: z.string(), channel: z.string(), outcome, detail: z.string() })),
  environment: z.enum(['trial', 'paper', 'real']).nullable(),
});

const emptyMemory: AlertMemory = {
  cursor: 0,
  book: { entries: [], seen: [] },
  owed: [],
  reports: [],
  environment: null,
};

/** What was saved last. A file that cannot be read is as good as none: what the gateway has is then told once more. */
export async function readAlertMemory(file: string): Promise<AlertMemory> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return emptyMemory;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Telling twice is better than not at all.
    return emptyMemory;
  }
}

/** The old or the new memory is there after a power cut: a file beside it, sync, rename. Mode 0600. */
export async function saveAlertMemory(file: string, memory: AlertMemory): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.saving-${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify({ format: 1, ...memory }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
