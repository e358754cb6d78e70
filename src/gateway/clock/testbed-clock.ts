import { setTimeout } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { RetryLater } from '#domain/errors.ts';
import type { GatewayClock } from './gateway-clock.ts';

const answer = z.object({ now: z.iso.datetime({ offset: true }), speed: z.number().min(1).max(1_000) });
const pollEveryMs = 1_000;
/** Without news from the testbed for so long, the time is not trusted and stands still. */
const trustMs = 3_000;
const startPatienceMs = 10_000;
const startRetryMs = 100;

/**
 * Trial mode's clock: what the testbed's console says, asked each second and carried on in between by its speed. It
 * never runs backwards. Only environment `trial` may make one.
 */
export class TestbedClock implements GatewayClock {
  readonly #url: string;
  #anchorMs = 0;
  #anchorElapsedMs = -Infinity;
  #lastMs = 0;
  #speed = 1;
  #timer: NodeJS.Timeout | null = null;

  constructor(consoleUrl: string) {
    this.#url = new URL('/clock', consoleUrl).href;
  }

  get speed(): number {
    return this.#speed;
  }

  get isTrusted(): boolean {
    return this.elapsedMs() - this.#anchorElapsedMs <= trustMs;
  }

  now(): Temporal.Instant {
    const sinceMs = Math.min(trustMs, this.elapsedMs() - this.#anchorElapsedMs);
    this.#lastMs = Math.max(this.#lastMs, Math.round(this.#anchorMs + sinceMs * this.#speed));
    return Temporal.Instant.fromEpochMilliseconds(this.#lastMs);
  }

  elapsedMs(): number {
    return performance.now();
  }

  observe(instant: Temporal.Instant): void {
    // A stamp further ahead than one poll can explain is not the market's.
    if (instant.epochMilliseconds - this.#lastMs > 2 * pollEveryMs * this.#speed) return;
    this.#lastMs = Math.max(this.#lastMs, instant.epochMilliseconds);
  }

  /**
   * Asks until the testbed answers, which may just be starting again, and then each second.
   *
   * @throws RetryLater `gateway.testbed` when no answer has come within ten seconds
   */
  async start(): Promise<void> {
    await this.#firstPoll(this.elapsedMs() + startPatienceMs);
    this.#timer = setInterval(() => void this.#poll().catch(() => this.#missed()), pollEveryMs);
    this.#timer.unref();
  }

  async #firstPoll(untilMs: number): Promise<void> {
    try {
      await this.#poll();
    } catch (error) {
      if (this.elapsedMs() > untilMs) throw error;
      await setTimeout(startRetryMs);
      await this.#firstPoll(untilMs);
    }
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #poll(): Promise<void> {
    const sentAt = this.elapsedMs();
    const { now, speed } = await read(this.#url);
    // The testbed read its clock somewhere between sending and answer.
    const answeredAt = this.elapsedMs();
    this.#anchorMs = Temporal.Instant.from(now).epochMilliseconds;
    this.#anchorElapsedMs = (sentAt + answeredAt) / 2;
    this.#speed = speed;
  }

  #missed(): void {
    // Told by isTrusted after three seconds; a restart of the testbed takes less.
  }
}

async function read(url: string): Promise<z.infer<typeof answer>> {
  try {
    const { statusCode, body } = await request(url, { headersTimeout: 2_000, bodyTimeout: 2_000 });
    const json: unknown = await body.json();
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    return answer.parse(json);
  } catch (cause) {
    throw new RetryLater('gateway.testbed', `Cannot read the testbed's clock at "${url}": no good answer, wanted one`, {
      cause,
    });
  }
}
