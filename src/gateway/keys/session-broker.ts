import type { Broker, BrokerStream, PlaceResult, StreamListener, WatchReport, WorkingOrder } from '#brokers/broker.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Approved } from '#guard/approved.ts';
import type { SessionDoor } from './session-door.ts';

/** Real milliseconds between two tries to open the stream of a session. */
const retryMs = 2_000;

/** A broker that can be asked, told and heard inside the session window only. */
export interface SessionBroker extends Broker {
  /** Opens the stream that was wanted while the door was shut. */
  sessionOpened(): void;
  /** Ends the stream and drops the token, at the broker too. */
  sessionClosed(): Promise<void>;
  /** The key changed: what streams under the old one ends, and begins again under the new. */
  reopenStreams(): Promise<void>;
}

/**
 * `broker` behind the door. Outside the window an order is `not-sent`, with the time at which the window opens as its
 * cause; a read fails as `gateway.session-closed`; the stream rests and comes back with the session. What was read before
 * is still shown, with its age, from the gateway's own memory; nothing new is asked, charts included.
 */
export function sessionBroker(broker: Broker, door: SessionDoor): SessionBroker {
  const streams = new Set<SessionStream>();
  const order = async (what: string, send: () => Promise<PlaceResult>): Promise<PlaceResult> => {
    const refusal = door.refusal();
    if (refusal === null) return send();
    try {
      door.passStrictly(what);
    } catch {
      // Told as an incident; the caller gets the end of an order that never left.
    }
    return { kind: 'not-sent', cause: refusal };
  };
  const read = async <Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer> => {
    door.pass(what);
    return ask();
  };
  return {
    name: broker.name,
    environment: broker.environment,
    capabilities: broker.capabilities,
    ...(broker.lastKnown === undefined ? {} : { lastKnown: broker.lastKnown }),
    place: (approved: Approved) => order('send the order', () => broker.place(approved)),
    cancel: (working: WorkingOrder) => order('cancel the order', () => broker.cancel(working)),
    amend: (working, change) => order('amend the order', () => broker.amend(working, change)),
    orders: (date) => read('read the orders', () => broker.orders(date)),
    balance: () => read('read the balance', () => broker.balance()),
    buyable: (instrument, price) => read('read what can be bought', () => broker.buyable(instrument, price)),
    price: (instrument) => read('read the price', () => broker.price(instrument)),
    orderBook: (instrument) => read('read the order book', () => broker.orderBook(instrument)),
    dailyBars: (instrument, from, to) => read('read daily bars', () => broker.dailyBars(instrument, from, to)),
    minuteBars: (instrument, count) => read('read minute bars', () => broker.minuteBars(instrument, count)),
    async openStream(listener) {
      const stream = new SessionStream(broker, listener, () => streams.delete(stream));
      streams.add(stream);
      if (door.isOpen) await stream.open();
      return stream;
    },
    sessionOpened: () => {
      for (const stream of streams) void stream.openSoon();
    },
    async sessionClosed() {
      await Promise.allSettled([...streams].map((stream) => stream.rest()));
      await broker.signOut();
    },
    async reopenStreams() {
      const open = [...streams].filter((stream) => stream.isOpen);
      await Promise.allSettled(open.map((stream) => stream.rest()));
      for (const stream of open) void stream.openSoon();
    },
    signOut: () => broker.signOut(),
    close: () => broker.close(),
  };
}

/** A stream that outlives sessions: it remembers what is to be watched and is open only while one runs. */
class SessionStream implements BrokerStream {
  readonly #broker: Broker;
  readonly #listener: StreamListener;
  readonly #onClosed: () => void;
  #inner: BrokerStream | null = null;
  #watched: readonly InstrumentId[] = [];
  #retry: NodeJS.Timeout | null = null;
  #isWanted = true;
  /** For good: nobody listens any more. */
  #isClosed = false;

  constructor(broker: Broker, listener: StreamListener, onClosed: () => void) {
    this.#broker = broker;
    this.#listener = listener;
    this.#onClosed = onClosed;
  }

  watch(instruments: readonly InstrumentId[]): WatchReport {
    this.#watched = instruments;
    const limit = this.#broker.capabilities.registrationsMax;
    return this.#inner?.watch(instruments) ?? { used: 0, limit, unwatched: instruments, withoutBook: [] };
  }

  /** @throws what the broker throws */
  async open(): Promise<void> {
    if (this.#inner !== null) return;
    this.#inner = await this.#broker.openStream(this.#listener);
    if (!this.#isWanted) await this.rest();
    else if (this.#watched.length > 0) this.#inner.watch(this.#watched);
  }

  get isOpen(): boolean {
    return this.#inner !== null;
  }

  async openSoon(): Promise<void> {
    if (this.#isClosed) return;
    this.#isWanted = true;
    try {
      await this.open();
    } catch {
      // The stream's own adapter has told what went wrong; the session is long enough for another try.
      if (this.#isWanted) this.#retry = setTimeout(() => void this.openSoon(), retryMs);
    }
  }

  async rest(): Promise<void> {
    if (this.#retry !== null) clearTimeout(this.#retry);
    const inner = this.#inner;
    this.#inner = null;
    this.#isWanted = false;
    if (inner === null) return;
    await inner.close();
    this.#listener.onState({ kind: 'closed', detail: 'the session is over' });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#onClosed();
    await this.rest();
  }
}
