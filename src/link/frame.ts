import { SnowballError } from '#domain/errors.ts';

/** Largest payload of one frame in bytes; a longer message is cut into several. */
export const framePayloadMax = 64 * 1024;
/** Most frames of one message, so that a message is at most 8 MiB. */
export const framesPerMessageMax = 128;

const headerLength = 5;
const more = 1;
const last = 0;

/** The other side does not speak our framing; the connection is closed. Code `link.malformed`. */
export class MalformedFrame extends SnowballError {
  constructor(message: string, options?: ErrorOptions) {
    super('fix-configuration', 'link.malformed', message, options);
    this.name = 'MalformedFrame';
  }
}

/**
 * One JSON message as frames: 4 bytes payload length (big endian), 1 byte flag (1 = more follow, 0 = last), payload.
 *
 * @throws {MalformedFrame} when the message needs more than 128 frames
 */
export function encodeMessage(message: unknown): Buffer {
  const payload = Buffer.from(JSON.stringify(message), 'utf8');
  const frames = Math.max(1, Math.ceil(payload.length / framePayloadMax));
  if (frames > framesPerMessageMax) {
    throw new MalformedFrame(`Cannot send a message: ${payload.length} bytes, at most 8 MiB`);
  }
  const encoded = Buffer.allocUnsafe(payload.length + frames * headerLength);
  let at = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const part = payload.subarray(frame * framePayloadMax, (frame + 1) * framePayloadMax);
    at = encoded.writeUInt32BE(part.length, at);
    at = encoded.writeUInt8(frame === frames - 1 ? last : more, at);
    at += part.copy(encoded, at);
  }
  return encoded;
}

/** Puts messages together from whatever pieces the socket delivers. Holds at most one message (8 MiB). */
export class FrameReader {
  #buffered: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  /**
   * The messages completed by `chunk`, in order, parsed as JSON; the caller checks their shape.
   *
   * @throws {MalformedFrame} length or flag out of range, too many frames, not UTF-8 JSON
   */
  push(chunk: Buffer): readonly unknown[] {
    this.#buffered = this.#buffered.length === 0 ? chunk : Buffer.concat([this.#buffered, chunk]);
    const messages: unknown[] = [];
    for (let frame = this.#take(); frame !== null; frame = this.#take()) {
      this.#parts.push(frame.payload);
      if (this.#parts.length > framesPerMessageMax) throw new MalformedFrame('Message refused: more than 128 frames');
      if (frame.flag === more) continue;
      messages.push(parseJson(Buffer.concat(this.#parts)));
      this.#parts = [];
    }
    return messages;
  }

  #take(): { readonly flag: number; readonly payload: Buffer } | null {
    if (this.#buffered.length < headerLength) return null;
    const length = this.#buffered.readUInt32BE(0);
    const flag = this.#buffered.readUInt8(4);
    if (length > framePayloadMax)
      throw new MalformedFrame(`Frame refused: ${length} bytes, at most ${framePayloadMax}`);
    if (flag !== more && flag !== last) throw new MalformedFrame(`Frame refused: flag ${flag}, wanted 0 or 1`);
    if (this.#buffered.length < headerLength + length) return null;
    const payload = this.#buffered.subarray(headerLength, headerLength + length);
    this.#buffered = this.#buffered.subarray(headerLength + length);
    return { flag, payload };
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new MalformedFrame(`Message refused: ${bytes.length} bytes that are not JSON in UTF-8`, { cause });
  }
}
