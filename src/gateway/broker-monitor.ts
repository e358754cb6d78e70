import type { Broker, StreamListener } from '#brokers/broker.ts';

export type Line = 'orders' | 'quotes' | 'balance' | 'stream';
export type LineState = 'closed' | 'half-open' | 'open';

const failuresToOpen = 3;
const windowMs = 1_000;

/** How each line to the broker does, for the status: closed is healthy, half-open failed last time, open keeps failing. */
export class BrokerMonitor {
  readonly #failures: Record<Line, number> = { orders: 0, quotes: 0, balance: 0, stream: failuresToOpen };
  readonly #answeredAtMs: Record<Exclude<Line, 'stream'>, number | null> = {
    orders: null,
    quotes: null,
    balance: null,
  };
  #calls: number[] = [];
  #dataAtMs: number | null = null;

  states(): Record<Line, LineState> {
    const { orders, quotes, balance, stream } = this.#failures;
    return { orders: stateOf(orders), quotes: stateOf(quotes), balance: stateOf(balance), stream: stateOf(stream) };
  }

  /** Calls we made within the last second; a paged read counts once. */
  callsOfSecond(nowMs: number): number {
    this.#calls = this.#calls.filter((call) => nowMs - call <= windowMs);
    return this.#calls.length;
  }

  /** How old the last good answer of each line is: what a person sees while the broker rests is as old as this. */
  answerAgesMs(nowMs: number): Record<Exclude<Line, 'stream'>, number | null> {
    const { orders, quotes, balance } = this.#answeredAtMs;
    const age = (atMs: number | null): number | null => (atMs === null ? null : Math.max(0, nowMs - atMs));
    return { orders: age(orders), quotes: age(quotes), balance: age(balance) };
  }

  succeeded(line: Line): void {
    this.#failures[line] = 0;
    if (line !== 'stream') this.#answeredAtMs[line] = performance.now();
  }

  failed(line: Line): void {
    this.#failures[line] = Math.min(failuresToOpen, this.#failures[line] + 1);
  }

  /** How long ago the stream brought a trade or an order book; null before the first. */
  dataAgeMs(nowMs: number): number | null {
    return this.#dataAtMs === null ? null : Math.max(0, nowMs - this.#dataAtMs);
  }

  #heard(listener: StreamListener): StreamListener {
    return {
      ...listener,
      onTick: (tick) => {
        this.#dataAtMs = performance.now();
        listener.onTick(tick);
      },
      onOrderBook: (book) => {
        this.#dataAtMs = performance.now();
        listener.onOrderBook(book);
      },
    };
  }

  /** The same broker, with every call noted here. */
  watch(broker: Broker): Broker {
    const noted = async <Answer>(line: Line, call: () => Promise<Answer>, isGood = isAnswer): Promise<Answer> => {
      this.#calls.push(performance.now());
      try {
        const answer = await call();
        if (isGood(answer)) this.succeeded(line);
        else this.failed(line);
        return answer;
      } catch (error) {
        this.failed(line);
        throw error;
      }
    };
    return {
      name: broker.name,
      environment: broker.environment,
      capabilities: broker.capabilities,
      place: (order) => noted('orders', () => broker.place(order)),
      cancel: (order) => noted('orders', () => broker.cancel(order)),
      amend: (order, change) => noted('orders', () => broker.amend(order, change)),
      orders: (date) => noted('orders', () => broker.orders(date)),
      balance: () => noted('balance', () => broker.balance()),
      buyable: (instrument, price) => noted('balance', () => broker.buyable(instrument, price)),
      price: (instrument) => noted('quotes', () => broker.price(instrument)),
      orderBook: (instrument) => noted('quotes', () => broker.orderBook(instrument)),
      dailyBars: (instrument, from, to) => noted('quotes', () => broker.dailyBars(instrument, from, to)),
      minuteBars: (instrument, count) => noted('quotes', () => broker.minuteBars(instrument, count)),
      openStream: (listener) => broker.openStream(this.#heard(listener)),
      signOut: () => broker.signOut(),
      ...(broker.lastKnown === undefined ? {} : { lastKnown: broker.lastKnown }),
      ...(broker.instruments === undefined ? {} : { instruments: broker.instruments }),
      ...(broker.tradesOnNxt === undefined ? {} : { tradesOnNxt: broker.tradesOnNxt }),
      close: () => broker.close(),
    };
  }
}

function stateOf(failures: number): LineState {
  if (failures === 0) return 'closed';
  return failures < failuresToOpen ? 'half-open' : 'open';
}

/** An answer nobody can believe is a failure of the line; a rejection is not. */
function isAnswer(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('kind' in answer)) return true;
  return answer.kind !== 'unknown' && answer.kind !== 'not-sent' && answer.kind !== 'incomplete';
}
