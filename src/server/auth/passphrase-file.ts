import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rename, rm, open } from 'node:fs/promises';
import { z } from 'zod';
import { FixConfiguration } from '#domain/errors.ts';

/** Argon2id of the page passphrase: 64 MiB, three passes, one lane. */
const memoryKiB = 65_536;
const passes = 3;
const tagBytes = 32;

const stored = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.int().min(memoryKiB).max(1_048_576),
  passes: z.int().min(passes).max(10),
  parallelism: z.literal(1),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  tag: z.string().regex(/^[0-9a-f]{64}$/),
});

type Stored = z.infer<typeof stored>;

/** The page passphrase as a file of its own, 0600; only a slow hash of it is kept. */
export class PassphraseFile {
  readonly #path: string;
  /** One derivation at a time: each takes 64 MiB. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws FixConfiguration `server.passphrase-file` when the file is there and cannot be read */
  async exists(): Promise<boolean> {
    return (await this.#read()) !== null;
  }

  /** Replaces what was there, durably. */
  async set(passphrase: string): Promise<void> {
    const salt = randomBytes(16);
    const tag = await this.#derive(passphrase, { salt, memory: memoryKiB, passes });
    const body: Stored = {
      algorithm: 'argon2id',
      memoryKiB,
      passes,
      parallelism: 1,
      salt: salt.toString('hex'),
      tag: tag.toString('hex'),
    };
    await writePrivate(this.#path, `${JSON.stringify(body)}\n`);
  }

  /** As if none had ever been set; nothing to do when none is. */
  async forget(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  /** False when it is wrong or none is set. Takes about 0.2 s either way. */
  async matches(passphrase: string): Promise<boolean> {
    const kept = await this.#read();
    if (kept === null) return false;
    const salt = Buffer.from(kept.salt, 'hex');
    const tag = await this.#derive(passphrase, { salt, memory: kept.memoryKiB, passes: kept.passes });
    return timingSafeEqual(tag, Buffer.from(kept.tag, 'hex'));
  }

  async #read(): Promise<Stored | null> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
    const parsed = stored.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new FixConfiguration(
      'server.passphrase-file',
      `Cannot read the page passphrase from "${this.#path}": it is not what we wrote, wanted an Argon2id record; ` +
        'delete the file and start again to set a new passphrase',
    );
  }

  #derive(passphrase: string, cost: { salt: Buffer; memory: number; passes: number }): Promise<Buffer> {
    const run = (): Promise<Buffer> =>
      new Promise((resolve, reject) => {
        const message = Buffer.from(canonical(passphrase), 'utf8');
        const options = { message, nonce: cost.salt, parallelism: 1, tagLength: tagBytes };
        argon2('argon2id', { ...options, memory: cost.memory, passes: cost.passes }, (error, tag) =>
          error === null ? resolve(tag) : reject(error),
        );
      });
    const turn = this.#queue.then(run, run);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** One form for what a person types: composed, single spaces, no ends. */
function canonical(passphrase: string): string {
  return passphrase.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
}

/** Writes a 0600 file so that a crash leaves the old one or the new one, never half of it. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file that is not JSON is reported by the schema, with its path.
    return null;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
