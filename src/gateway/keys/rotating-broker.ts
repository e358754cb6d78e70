import type { Broker, LastKnown, PlaceResult } from '#brokers/broker.ts';
import type { SealedCredentials } from './credentials.ts';
import type { KeySet } from './key-set.ts';
import type { KeyUseRecord } from './key-use.ts';

/** A broker's adapter bound to one key set: connections, token and rate budget are its own. */
export interface KeyedBroker {
  readonly keys: KeySet;
  readonly broker: Broker;
  readonly credentials: SealedCredentials;
  /** Null for keys to fake money. */
  readonly keyUse: KeyUseRecord | null;
  /** Lets this key be tried or revoked outside the session too, for the time of `work`. */
  readonly exempt: <Answer>(work: () => Promise<Answer>) => Promise<Answer>;
}

/**
 * One broker for everybody, whose key can be changed beneath it: a call takes the adapter of the moment at which it is
 * made and ends with it, so no call ever sees two keys. Adapters are bound to their key for life.
 */
export class RotatingBroker {
  #current: KeyedBroker;
  #previous: KeyedBroker | null = null;
  readonly #orders = new Map<Broker, Set<Promise<PlaceResult>>>();
  readonly broker: Broker;
  readonly credentials: SealedCredentials;

  constructor(first: KeyedBroker) {
    this.#current = first;
    this.broker = this.#delegate(first.broker);
    this.credentials = this.#credentials();
  }

  get current(): KeyedBroker {
    return this.#current;
  }

  /** The key before, in its time of grace; null without one. */
  get previous(): KeyedBroker | null {
    return this.#previous;
  }

  /** From this moment on every new call is made with `next`. */
  use(next: KeyedBroker): void {
    this.#previous = this.#current;
    this.#current = next;
  }

  /** After a start in the time of grace: the key before is known and nobody uses it. */
  remember(previous: KeyedBroker): void {
    this.#previous = previous;
  }

  forgetPrevious(): void {
    this.#previous = null;
  }

  /** Resolves when no order, cancel or amendment is on its way with this adapter; each ends by its own time limit. */
  async drained(broker: Broker): Promise<void> {
    await Promise.allSettled(this.#orders.get(broker) ?? new Set<Promise<PlaceResult>>());
  }

  #order(send: (broker: Broker) => Promise<PlaceResult>): Promise<PlaceResult> {
    const { broker } = this.#current;
    const sent = send(broker);
    const ours = this.#orders.get(broker) ?? new Set();
    this.#orders.set(broker, ours.add(sent));
    void this.#forgetWhenDone(broker, ours, sent);
    return sent;
  }

  async #forgetWhenDone(broker: Broker, ours: Set<Promise<PlaceResult>>, sent: Promise<PlaceResult>): Promise<void> {
    // Whoever sent it hears how it ended; here it only counts that it did.
    await Promise.allSettled([sent]);
    ours.delete(sent);
    if (ours.size === 0) this.#orders.delete(broker);
  }

  #delegate({ name, environment, capabilities, lastKnown, instruments, tradesOnNxt }: Broker): Broker {
    const now = (): Broker => this.#current.broker;
    return {
      name,
      environment,
      capabilities,
      ...(lastKnown === undefined ? {} : { lastKnown: delegated(() => now().lastKnown ?? lastKnown) }),
      ...(instruments === undefined ? {} : { instruments }),
      ...(tradesOnNxt === undefined ? {} : { tradesOnNxt: (one) => (now().tradesOnNxt ?? tradesOnNxt)(one) }),
      place: (order) => this.#order((broker) => broker.place(order)),
      cancel: (order) => this.#order((broker) => broker.cancel(order)),
      amend: (order, change) => this.#order((broker) => broker.amend(order, change)),
      orders: (date) => now().orders(date),
      balance: () => now().balance(),
      buyable: (instrument, price) => now().buyable(instrument, price),
      price: (instrument) => now().price(instrument),
      orderBook: (instrument) => now().orderBook(instrument),
      dailyBars: (instrument, from, to) => now().dailyBars(instrument, from, to),
      minuteBars: (instrument, count) => now().minuteBars(instrument, count),
      openStream: (listener) => now().openStream(listener),
      signOut: () => this.#each((broker) => broker.signOut()),
      close: () => this.#each((broker) => broker.close()),
    };
  }

  /** Both keys while there are two; the first failure is told after all were tried. */
  async #each(work: (broker: Broker) => Promise<void>): Promise<void> {
    const all = [this.#current, ...(this.#previous === null ? [] : [this.#previous])];
    const results = await Promise.allSettled(all.map((keyed) => work(keyed.broker)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** Each value is the current key's; whoever takes several takes them without waiting in between. */
  #credentials(): SealedCredentials {
    const now = (): SealedCredentials => this.#current.credentials;
    const { environment } = this.#current.credentials;
    return {
      ...(environment === undefined ? {} : { environment }),
      appKey: () => now().appKey(),
      appSecret: () => now().appSecret(),
      account: () => now().account(),
      htsId: () => now().htsId(),
      loadToken: () => now().loadToken(),
      saveToken: (token, ends, issuedAt) => now().saveToken(token, ends, issuedAt),
      tokenExpiresAt: () => now().tokenExpiresAt(),
      keyIssuedOn: () => now().keyIssuedOn(),
    };
  }
}

function delegated(now: () => LastKnown): LastKnown {
  return {
    balance: () => now().balance(),
    price: (instrument) => now().price(instrument),
    orderBook: (instrument) => now().orderBook(instrument),
  };
}
