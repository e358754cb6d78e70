import type { LiveEvents } from './answers.ts';
import type { LinkClients } from './link-clients.ts';

export type LiveName = keyof LiveEvents;
type Listener = <N extends LiveName>(name: N, data: LiveEvents[N]) => void;

/**
 * One subscription to gateway and runner for all browsers. Keeps the newest of what a new browser needs at once.
 * Subscribes again by itself after a loss, since the link clients do.
 */
export class LiveFeed {
  readonly #listeners = new Set<Listener>();
  readonly #links: { gateway: 'up' | 'down'; runner: 'up' | 'down' } = { gateway: 'down', runner: 'down' };
  readonly #clients: LinkClients;
  #isSubscribed = false;
  #isSubscribing = false;

  constructor(clients: LinkClients) {
    this.#clients = clients;
    const { gateway, runner } = clients;
    gateway.on('status', (data) => this.#tell('status', data));
    gateway.on('quotes', (data) => this.#tell('quotes', data));
    gateway.on('book', (data) => this.#tell('book', data));
    gateway.on('order', (data) => this.#tell('order', data));
    gateway.on('portfolio', (data) => this.#tell('portfolio', data));
    runner.on('strategies', (data) => this.#tell('strategies', data));
    gateway.onState((state) => {
      this.#setLink('gateway', state);
      if (state === 'up') this.#subscribe();
    });
    runner.onState((state) => this.#setLink('runner', state));
  }

  get links(): LiveEvents['links'] {
    return { ...this.#links };
  }

  /** Returns how to stop listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The link client remembers a subscription that once succeeded and repeats it; until then we ask at every connection. */
  #subscribe(): void {
    if (this.#isSubscribed || this.#isSubscribing) return;
    this.#isSubscribing = true;
    this.#ask()
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        process.stderr.write(`The gateway did not take our subscription; the next connection asks again: ${why}\n`);
      })
      .finally(() => (this.#isSubscribing = false));
  }

  async #ask(): Promise<void> {
    await this.#clients.gateway.call('subscribe', { topics: ['quotes', 'book', 'order', 'portfolio', 'status'] });
    this.#isSubscribed = true;
  }

  #setLink(which: 'gateway' | 'runner', state: 'up' | 'down'): void {
    this.#links[which] = state;
    this.#tell('links', this.links);
  }

  #tell<N extends LiveName>(name: N, data: LiveEvents[N]): void {
    for (const listener of this.#listeners) listener(name, data);
  }
}
