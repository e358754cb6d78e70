import type { Fill } from '#domain/fill.ts';
import type { Tick } from '#domain/market-data.ts';

import type { Broker, BrokerStream, OrderNotice, StreamListener } from './broker.ts';

type StreamState = Parameters<StreamListener['onState']>[0];

/** What a stream said so far; each question takes the oldest answer not taken yet, or waits for it. */
export class StreamRecord implements StreamListener {
  readonly #states: StreamState[] = [];
  readonly #notices: OrderNotice[] = [];
  readonly #ticks: Tick[] = [];
  #wake: () => void = () => {};
  #stream: BrokerStream | null = null;

  static async open(broker: Broker): Promise<StreamRecord> {
    const record = new StreamRecord();
    record.#stream = await broker.openStream(record);
    return record;
  }

  get stream(): BrokerStream {
    if (this.#stream === null) throw new Error('The stream is not open yet');
    return this.#stream;
  }

  onTick(tick: Tick): void {
    this.#ticks.push(tick);
    this.#wake();
  }

  onOrderBook(): void {}

  onOrderNotice(notice: OrderNotice): void {
    this.#notices.push(notice);
    this.#wake();
  }

  onState(state: StreamState): void {
    this.#states.push(state);
    this.#wake();
  }

  state(kind: StreamState['kind']): Promise<StreamState> {
    return this.#next(this.#states, (state) => (state.kind === kind ? state : null));
  }

  tick(): Promise<Tick> {
    return this.#next(this.#ticks, (tick) => tick);
  }

  fill(): Promise<Fill> {
    return this.#next(this.#notices, (notice) => (notice.kind === 'filled' ? notice.fill : null));
  }

  async close(): Promise<void> {
    await this.#stream?.close();
  }

  /** Takes from `said` until `pick` accepts one; waits five seconds at the most. */
  async #next<Said, Picked>(said: Said[], pick: (one: Said) => Picked | null): Promise<Picked> {
    const giveUpAtMs = performance.now() + 5_000;
    while (performance.now() < giveUpAtMs) {
      for (let one = said.shift(); one !== undefined; one = said.shift()) {
        const picked = pick(one);
        if (picked !== null) return picked;
      }
      await this.#somethingSaid();
    }
    throw new Error(`The stream did not say it within five seconds: ${pick.toString()}`);
  }

  #somethingSaid(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1_000);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
