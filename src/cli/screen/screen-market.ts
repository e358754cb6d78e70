import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { IndexCloses } from '#strategy/rules/index-closes.ts';
import type { ResolvedGroup, ResolvedOperand, ResolvedRules } from '#strategy/rules/resolve-program.ts';
import { operandText } from './operand-text.ts';
import { barsOverAt, type ScreenMoment } from './screen-moment.ts';
import { ruleColumnsOf, tradedBars } from './traded-bars.ts';

export interface ScreenHit {
  readonly symbol: string;
  readonly name: string;
  readonly close: number;
  readonly volume: number;
  /** Of minutes: when the bar began in which it last traded, `10:29`. */
  readonly bar?: string;
  /** One for each of `Screen.operands`; null where there is no number yet. */
  readonly values: readonly (number | null)[];
}

export interface Screen {
  /** yyyymmdd */
  readonly date: number;
  /** Of minutes: what was over by `10:30` is known. */
  readonly time?: string;
  /** What the expression reads besides close and volume, as it would stand there. */
  readonly operands: readonly string[];
  /** Instruments looked at. */
  readonly stored: number;
  /** Of those, the ones that traded on the day, of minutes by then: nobody else can be found. */
  readonly traded: number;
  /** By listing code. */
  readonly hits: readonly ScreenHit[];
}

/** What a screen is asked with besides its rules. */
export interface ScreenAsked {
  readonly moment: ScreenMoment;
  /** Names of the rules' indicators, see `labelsOf`. */
  readonly labels: ReadonlyMap<string, string>;
  /** For `beta` and `alpha`. */
  readonly index: IndexCloses | undefined;
}

/** Asks one instrument after the other whether the entry rules hold at a moment, and keeps what they read. */
export class MarketScreen {
  readonly #rules: ResolvedRules;
  readonly #moment: ScreenMoment;
  readonly #index: IndexCloses | undefined;
  readonly #operands: ReadonlyMap<string, ResolvedOperand>;
  readonly #hits: ScreenHit[] = [];
  #stored = 0;
  #traded = 0;

  constructor(rules: ResolvedRules, { labels, moment, index }: ScreenAsked) {
    this.#index = index;
    this.#rules = rules;
    this.#moment = moment;
    this.#operands = operandsOf(rules, labels);
  }

  /** @param series up to the day of the screen and no further; not kept */
  add(series: BarSeries, name: string): void {
    this.#stored += 1;
    const bars = tradedBars(barsOverAt(series, this.#moment));
    if (bars.date.at(-1) !== this.#moment.date) return;
    this.#traded += 1;
    const columns = ruleColumnsOf(bars, this.#index);
    const last = bars.date.length - 1;
    if (columns.entry(this.#rules)[last] !== 1) return;
    const value = (operand: ResolvedOperand): number | null =>
      finiteOrNull(columns.column(operand, this.#rules.indicators)[last]);
    this.#hits.push({
      symbol: symbolOf(series.instrument),
      name,
      close: bars.close[last] ?? NaN,
      volume: bars.volume[last] ?? NaN,
      ...(this.#moment.time === null ? {} : { bar: clockOf(bars.startsAtMs[last] ?? 0) }),
      values: [...this.#operands.values()].map(value),
    });
  }

  result(): Screen {
    const operands = [...this.#operands.keys()];
    const { date, time } = this.#moment;
    const counts = { operands, stored: this.#stored, traded: this.#traded, hits: this.#hits };
    return { date, ...(time === null ? {} : { time }), ...counts };
  }
}

/** `09:05` in Seoul. */
export function clockOf(startsAtMs: number): string {
  const at = Temporal.Instant.fromEpochMilliseconds(startsAtMs).toZonedDateTimeISO('Asia/Seoul');
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}

/** By their text, each once; numbers and what every hit shows anyway are left out. */
function operandsOf(rules: ResolvedRules, labels: ReadonlyMap<string, string>): ReadonlyMap<string, ResolvedOperand> {
  const found = new Map<string, ResolvedOperand>();
  const walk = (group: ResolvedGroup): void => {
    for (const rule of group.rules) {
      if (rule.kind !== 'compare') walk(rule);
      else for (const operand of [rule.left, rule.right]) found.set(operandText(operand, rules, labels), operand);
    }
  };
  walk(rules.entry);
  for (const [text, operand] of found) {
    if (operand.kind === 'number' || text === 'close' || text === 'volume') found.delete(text);
  }
  return found;
}

/** JSON and tables have no NaN. */
export function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
