import type { BarSeries } from '#domain/bar.ts';
import { symbolOf, type Instrument } from '#domain/instrument.ts';
import type { ListingFacts } from '#markets/past-listings.ts';
import { presumedListing } from '#markets/presumed-listing.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';
import { say } from '#link/language.ts';
import { dayText } from '#backtest/report/report-numbers.ts';
import type { BacktestBars } from './backtest-bars.ts';
import { counted } from '../terminal/numbers.ts';

/** What may be known of instruments besides our tables. */
export interface ListingHints {
  readonly targets: readonly TargetStock[];
  readonly bars: BacktestBars;
  /** `--listing`, by code; it counts before anything else. */
  readonly listings: ReadonlyMap<string, ListingFacts>;
}

/** More codes than these, of which nothing is known, are told in one line. */
const toldOneByOne = 3;

/** What each code is; where our tables do not hold it, what it was taken for is said. */
export function instrumentsOf(symbols: readonly string[], hints: ListingHints): readonly Instrument[] {
  const unknown: string[] = [];
  const instruments = symbols.map((symbol) => instrumentOf(symbol, hints, unknown));
  tellUnknown(unknown);
  return instruments;
}

function instrumentOf(symbol: string, { targets, bars, listings }: ListingHints, unknown: string[]): Instrument {
  const name = bars.names.get(symbol) || targets.find((one) => one.symbol === symbol)?.name || symbol;
  const { instrument, because } = presumedListing(symbol, name);
  const given = listings.get(symbol);
  // What is said of a code holds for all its days: a move between boards that our table knows does not.
  if (given !== undefined) return { id: instrument.id, symbol, name: instrument.name, ...given };
  if (because === 'nothing') unknown.push(symbol);
  if (because === 'name') {
    const { kind, leverage } = instrument;
    const what = `${kind.toUpperCase()}${leverage === 1 ? '' : `:${leverage}`}`;
    process.stderr.write(
      say(
        `${symbol}: 이름("${name}")을 보고 ${what}로 계산해요. 아니면 --listing으로 알려 주세요.\n`,
        `${symbol}: counted as ${what} by its name, "${name}"; if it is none, say so with --listing.\n`,
      ),
    );
  }
  return instrument;
}

function tellUnknown(symbols: readonly string[]): void {
  const isMany = symbols.length > toldOneByOne;
  for (const symbol of isMany ? symbols.slice(0, 1) : symbols) {
    const [korean, english] = isMany
      ? [`${symbol} 등 ${symbols.length}종목`, `${symbol} and ${symbols.length - 1} more`]
      : [symbol, symbol];
    process.stderr.write(
      say(
        `${korean}: 모르는 종목이라 코스피 주식으로 계산해요. 아니면 --listing ${symbol}=KOSDAQ이나 ETF로 알려 주세요.\n`,
        `${english}: not in our table of listings, counted as a KOSPI stock; if it is none, say --listing ${symbol}=KOSDAQ, or =ETF.\n`,
      ),
    );
  }
}

/**
 * Days that the bars lack are told, not filled: indicators would run across the hole. So are days that were none, and bars
 * that end before those of the others do.
 */
export function warnOfGaps(bars: BacktestBars, from: number, to: number): void {
  warnOfEnds(bars.series, to);
  for (const { symbol, gaps, closedDays } of bars.files) {
    warnOfClosedDays(
      symbol,
      closedDays.filter((day) => day >= from && day <= to),
    );
    const inside = gaps.filter((gap) => gap.to >= from && gap.from <= to);
    const sessions = inside.reduce((sum, gap) => sum + gap.sessions, 0);
    const first = inside[0]?.from;
    if (sessions === 0 || first === undefined) continue;
    process.stderr.write(
      say(
        `${symbol}: 기간 안에 빠진 거래일이 ${sessions}일 있어요 (처음은 ${dayText(first, true)}).\n`,
        `${symbol}: ${counted(sessions, 'session')} missing in this range (the first is ${dayText(first, true)}).\n`,
      ),
    );
  }
}

function warnOfClosedDays(symbol: string, days: readonly number[]): void {
  if (days.length === 0) return;
  process.stderr.write(
    say(
      `${symbol}: 장이 열리지 않은 날의 봉이 ${days.length}개 있어요 (처음은 ${dayText(days[0] ?? 0, true)}). 그대로 거래하니 파일을 고쳐 주세요.\n`,
      `${symbol}: bars on days on which KRX was closed: ${days.length} (the first is ${dayText(days[0] ?? 0, true)}). They are traded as they stand, so correct the file.\n`,
    ),
  );
}

/** Delisted, or cut short: nobody buys what is held then. */
function warnOfEnds(series: readonly BarSeries[], to: number): void {
  const last = Math.min(to, lastDay(series));
  const ended = series.filter((one) => (one.date.at(-1) ?? last) < last);
  const others = ended.length - toldOneByOne;
  for (const one of ended.slice(0, toldOneByOne)) {
    const [symbol, day] = [symbolOf(one.instrument), dayText(one.date.at(-1) ?? 0, true)];
    process.stderr.write(
      say(
        `${symbol}: 봉이 ${day}에 끝나요. 그때 가지고 있던 주식은 팔지 못하고 그 종가로 남아요.\n`,
        `${symbol}: its bars end on ${day}, before the run does. Shares held then cannot be sold and stay at that close.\n`,
      ),
    );
  }
  if (others > 0) process.stderr.write(say(`${others}종목의 봉이 더 그래요.\n`, `So do those of ${others} more.\n`));
}

/** The first day of any of them, yyyymmdd. */
export function firstDay(series: readonly BarSeries[]): number {
  return Math.min(...series.map((one) => one.date[0] ?? Infinity));
}

/** The last day of any of them. */
export function lastDay(series: readonly BarSeries[]): number {
  return Math.max(...series.map((one) => one.date.at(-1) ?? -Infinity));
}
