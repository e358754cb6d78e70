import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { symbolOf } from '#domain/instrument.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { decisionLine, noteSentence, type Decision } from '#strategy/decision-log.ts';
import { wonText } from '#strategy/korean-number.ts';
import type { MarketClock } from './feed/market-clock.ts';

/** One line for the screen. */
export interface ShownDecision {
  /** ISO 8601 in UTC, market time. */
  readonly at: string;
  readonly symbol: string;
  readonly message: string;
}

const shownMax = 20;
const minuteMs = 60_000;

/**
 * What a strategy decided: the canonical line goes to `<folder>/<strategy>-<yyyymmdd>.log`, a sentence to the screen.
 * The newest twenty sentences are kept. A strategy decides a few times a minute at most, so a synchronous append is cheap.
 */
export class DecisionJournal {
  readonly #clock: MarketClock;
  readonly #file: (date: number) => string;
  readonly #shown: ShownDecision[] = [];
  /** Start of the bar that the strategy is looking at, or looked at last. */
  barStartsAtMs = 0;

  constructor(options: { readonly folder: string; readonly strategy: string; readonly clock: MarketClock }) {
    const { folder, strategy, clock } = options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#clock = clock;
    this.#file = (date) => join(folder, `${strategy}-${date}.log`);
  }

  /** Until a bar is shown, decisions are about the minute in which the strategy began. */
  begin(): void {
    const nowMs = this.#clock.nowMs();
    if (this.barStartsAtMs === 0) this.barStartsAtMs = nowMs - (nowMs % minuteMs);
  }

  get shown(): readonly ShownDecision[] {
    return this.#shown;
  }

  record(decision: Decision): void {
    const date = dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(this.barStartsAtMs)));
    this.#append(this.#file(date), `${decisionLine(this.barStartsAtMs, decision)}\n`);
    const sentence = sentenceOf(decision);
    if (sentence !== null) this.show(symbolOf(decision.instrument), sentence);
  }

  /** A full disk must not stop a strategy from leaving; the orders themselves are in the gateway's journal. */
  #append(file: string, line: string): void {
    try {
      appendFileSync(file, line, { mode: 0o600 });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
      this.show('', `결정 기록을 파일에 쓰지 못했어요. (${code})`);
    }
  }

  /** A sentence for the screen alone, such as what became of an order. `symbol` is empty when it is about none. */
  show(symbol: string, message: string): void {
    this.#shown.unshift({ at: this.#clock.now().toString(), symbol, message });
    if (this.#shown.length > shownMax) this.#shown.length = shownMax;
  }
}

/** Null for what another line says already: the order that follows a wish carries the same reason. */
function sentenceOf(decision: Decision): string | null {
  if (decision.kind === 'note') return /^(enter|exit):/.test(decision.message) ? null : noteSentence(decision.message);
  const action = decision.side === 'buy' ? '매수' : '매도';
  if (decision.kind === 'cancel') return `남은 ${action} 주문을 취소해요.`;
  return `${decision.quantity}주를 ${wonText(decision.price)}에 ${action}해요. ${decision.reason}`;
}
