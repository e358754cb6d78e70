import { Socket } from 'node:net';
import { z } from 'zod';
import { FixConfiguration } from '#domain/errors.ts';
import type { Boot } from './boot.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const bootSchema = z.strictObject({
  home: z.string().min(1),
  environment: z.enum(['trial', 'paper', 'real']),
  runFolder: z.string().min(1),
  build: z.string(),
  token: z.string().min(16),
  tokenHashes: z.strictObject({
    supervisor: hash.optional(),
    gateway: hash.optional(),
    runner: hash.optional(),
    server: hash.optional(),
    cli: hash.optional(),
    admin: hash.optional(),
    watchdog: hash.optional(),
  }),
  tokenEndsAt: z.record(z.string(), z.iso.datetime()).optional(),
  testbed: z.strictObject({ rest: z.string(), webSocket: z.string(), console: z.string() }).nullable(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const bootLineMax = 64 * 1024;
let channel: Socket | null = null;

/**
 * Reads the one JSON line that the supervisor writes to descriptor 3 (a duplex socket pair).
 *
 * @throws FixConfiguration `link.boot` when there is no such descriptor, it ends early, or the line is not a Boot
 */
export async function readBoot(): Promise<Boot> {
  const line = await readLine(parentChannel());
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (cause) {
    throw notBoot('the line is not JSON', cause);
  }
  const boot = bootSchema.safeParse(parsed);
  if (!boot.success) throw notBoot(`${boot.error.issues[0]?.path.join('.') ?? ''} has the wrong shape`, undefined);
  // zod writes an absent hash as `undefined`; leaving it out is the same to every reader.
  return boot.data as Boot;
}

/** One JSON line back to the supervisor, `{"ready": details}`: this process is ready; `details` says where it listens. */
export function writeReady(details: Readonly<Record<string, unknown>>): void {
  parentChannel().write(`${JSON.stringify({ ready: details })}\n`);
}

/** Calls back once when descriptor 3 ends: the supervisor is gone, and so should we be. */
export function onParentGone(callback: () => void): void {
  const socket = parentChannel();
  if (socket.destroyed || socket.readableEnded) {
    queueMicrotask(callback);
    return;
  }
  socket.once('close', callback);
  socket.resume();
}

function parentChannel(): Socket {
  if (channel !== null) return channel;
  try {
    channel = new Socket({ fd: 3, readable: true, writable: true });
  } catch (cause) {
    throw notBoot('descriptor 3 is not open', cause);
  }
  channel.once('end', () => channel?.destroy());
  // A reset is an end like any other; 'close' follows.
  channel.on('error', () => channel?.destroy());
  return channel;
}

function readLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end < 0 && text.length <= bootLineMax) return;
      socket.removeListener('data', onData);
      socket.removeListener('close', onClose);
      if (end < 0) reject(notBoot(`the line is longer than ${bootLineMax} characters`, undefined));
      else resolve(text.slice(0, end));
    };
    const onClose = (): void => reject(notBoot('descriptor 3 ended before a line came', undefined));
    socket.on('data', onData);
    socket.once('close', onClose);
  });
}

function notBoot(found: string, cause: unknown): FixConfiguration {
  return new FixConfiguration(
    'link.boot',
    `Cannot start this process: ${found}; it is started by "snowball up", not by hand`,
    { cause },
  );
}
