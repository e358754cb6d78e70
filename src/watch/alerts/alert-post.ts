import type { AlertChannelView } from '#link/alert-api.ts';
import { admit, afterFailure, afterSuccess, closedCircuit, type Circuit } from '#wire/circuit-breaker.ts';
import type { Alert, Attempt, Channel } from './alert.ts';
import type { AlertBook, Report } from './alert-book.ts';

export interface AlertPostOptions {
  readonly channels: readonly Channel[];
  readonly book: AlertBook;
  readonly textOf: (alert: Alert) => string;
  /** Epoch milliseconds that only grow. */
  readonly nowMs: () => number;
  readonly onReport: (report: Report) => void;
  /** The channel failed so often that it rests for a minute. */
  readonly onDown: (channel: string) => void;
}

/** Five failures in a row rest a channel for a minute; then one delivery tries it. */
const circuitOptions = { failuresMax: 5, openMs: 60_000 } as const;
/** Critical alerts that one channel sends at a time: a slow answer to one must not hold up the next. */
const criticalAtOnce = 4;
const critical = 2;

interface Line {
  circuit: Circuit;
  underWay: number;
}

/** Carries what the book has to the channels. A channel that hangs, refuses or is dead holds up no other one. */
export class AlertPost {
  readonly #options: AlertPostOptions;
  readonly #lines = new Map<string, Line>();
  readonly #sending = new Set<Promise<void>>();

  constructor(options: AlertPostOptions) {
    this.#options = options;
    for (const { name } of options.channels) this.#lines.set(name, { circuit: closedCircuit, underWay: 0 });
  }

  /** To be called some times a second, and whenever something was added. */
  pump(): void {
    const { book, nowMs, channels } = this.#options;
    book.repeat(nowMs());
    for (const channel of channels) this.#pumpOne(channel);
  }

  get views(): AlertChannelView[] {
    return this.#options.channels.map(({ name, kind }) => {
      const isDown = this.#lines.get(name)?.circuit.state !== 'closed';
      return { name, kind, state: isDown ? 'down' : 'up' };
    });
  }

  /** Waits for what is on its way, then lets the channels go. */
  async close(): Promise<void> {
    await Promise.all(this.#options.channels.map((channel) => channel.close()));
    await Promise.all(this.#sending);
  }

  #pumpOne(channel: Channel): void {
    const line = this.#lines.get(channel.name);
    if (line === undefined) return;
    const { book, nowMs } = this.#options;
    while (line.underWay < criticalAtOnce) {
      const [circuit, mayCall] = admit(line.circuit, nowMs(), circuitOptions);
      if (!mayCall) return;
      const alert = book.take(channel.name, nowMs(), line.underWay > 0 ? critical : 0);
      if (alert === null) return;
      line.circuit = circuit;
      this.#send(channel, line, alert);
    }
  }

  #send(channel: Channel, line: Line, alert: Alert): void {
    line.underWay += 1;
    const sending = channel
      .send(alert, this.#options.textOf(alert))
      .then((attempt) => this.#sent(channel.name, line, { alert, attempt }))
      .finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }

  #sent(name: string, line: Line, { alert, attempt }: { readonly alert: Alert; readonly attempt: Attempt }): void {
    const { book, nowMs, onReport, onDown } = this.#options;
    line.underWay -= 1;
    const wasClosed = line.circuit.state === 'closed';
    line.circuit = attempt.kind === 'delivered' ? afterSuccess() : afterFailure(line.circuit, nowMs(), circuitOptions);
    const report = book.settle(name, alert.id, attempt, nowMs());
    if (report !== null) onReport(report);
    if (wasClosed && line.circuit.state === 'open') onDown(name);
    this.pump();
  }
}
