import type { Socket } from 'node:net';

/** Bytes handed to the operating system ahead of the reader before events start to wait here. */
const socketBacklogMax = 256 * 1024;
/** Bytes that may wait here; a reader that lets more pile up is disconnected. */
const waitingMax = 4 * 1024 * 1024;
/** Answers are not counted as events but must not pile up either. */
const totalMax = 32 * 1024 * 1024;

/**
 * What still has to go out on one connection, with a bound. A slow reader first loses coalescible events (a newer one
 * with the same key takes the older one's place), then, above 4 MiB of waiting events or 32 MiB in all, the connection.
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #waiting = new Map<string, Buffer>();
  #waitingBytes = 0;
  #serial = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('drain', () => this.#flush());
  }

  /** Answers are never dropped. */
  answer(bytes: Buffer): void {
    this.#socket.write(bytes);
    if (this.#socket.writableLength > totalMax) this.#socket.destroy();
  }

  /** @param key newest wins among events with the same key; null keeps every one */
  event(bytes: Buffer, key: string | null): void {
    if (this.#waiting.size === 0 && this.#socket.writableLength < socketBacklogMax) {
      this.#socket.write(bytes);
      return;
    }
    const place = key ?? `#${(this.#serial += 1)}`;
    this.#waitingBytes += bytes.length - (this.#waiting.get(place)?.length ?? 0);
    this.#waiting.set(place, bytes);
    if (this.#waitingBytes > waitingMax) this.#socket.destroy();
  }

  #flush(): void {
    for (const [place, bytes] of this.#waiting) {
      if (this.#socket.writableLength >= socketBacklogMax) return;
      this.#waiting.delete(place);
      this.#waitingBytes -= bytes.length;
      this.#socket.write(bytes);
    }
  }
}
