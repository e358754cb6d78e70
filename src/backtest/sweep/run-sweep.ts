import type { BarSeries } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { commissionPpbOf } from '#markets/costs.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { checkOptions } from '../check-options.ts';
import { areOrdinary } from '../desk/fill-model.ts';
import { eventRun } from './event-run.ts';
import { fusedRun } from './fused-run.ts';
import { GuardNumbers } from './guard-numbers.ts';
import { MarketDays } from './market-days.ts';
import { isOnePortfolio, portfolioName, portfoliosOf } from './portfolios.ts';
import { ruleSeeker } from './rule-seeker.ts';
import { SeriesRules } from './series-rules.ts';
import { seriesTables, type SeriesTables } from './series-tables.ts';
import { sparseRun } from './sparse-run.ts';
import { SweepAccount } from './sweep-account.ts';
import { resolveCombination, type ResolvedCombination, type SweepRules } from './sweep-rules.ts';
import type { SweepOptions, SweepPath, SweepRun } from './sweep.ts';
import { TradeTape } from './trade-tape.ts';

/**
 * Runs every combination over every portfolio, each with its own cash, as `runBacktest` would and to the won, as fast as it
 * can: see `SweepPath`. The same options give the same runs, in the order of the portfolios and, within one, of
 * the combinations.
 *
 * @param days the market's rules by day, kept by callers that sweep more than once
 * @throws {FixConfiguration} the codes of `checkOptions`
 */
export function runSweep(options: SweepOptions, days: MarketDays = new MarketDays()): readonly SweepRun[] {
  const startPortfolio = startSweep(options, days);
  return portfoliosOf(options.subject, options.series).flatMap((portfolio) => {
    const runCombination = startPortfolio(portfolio);
    return options.combinations.map((_, combination) => {
      const run = runCombination(combination);
      options.onRun?.(run);
      return run;
    });
  });
}

/** Runs one combination, by its place, over one portfolio. */
export type RunCombination = (combination: number) => SweepRun;

/**
 * `runSweep` in the caller's hands: names and parameters are looked up once, when first wanted, and tables once for each
 * portfolio of `portfoliosOf`.
 */
export function startSweep(
  options: Omit<SweepOptions, 'series'>,
  days: MarketDays = new MarketDays(),
): (portfolio: readonly BarSeries[]) => RunCombination {
  const known = new Map<number, ResolvedCombination>();
  const resolve: Resolve = (place) => {
    const values = options.combinations[place];
    invariant(values !== undefined, `combination ${place} of ${options.combinations.length}`);
    const resolved = known.get(place) ?? resolveCombination(options.subject, values);
    if (known.size < resolvedMax) known.set(place, resolved);
    return resolved;
  };
  return (portfolio) => {
    const one = startPortfolio({ ...options, series: portfolio }, days, resolve);
    return (combination) => runOne(one, combination, resolve(combination));
  };
}

/** Combinations whose rules are kept for the next series, about 2 kB each; those beyond are looked up every time. */
const resolvedMax = 20_000;

type Resolve = (combination: number) => ResolvedCombination;

/** One portfolio at work; `options.series` are its own. */
interface PortfolioRun {
  readonly options: SweepOptions;
  readonly symbol: string;
  /** Null where only the event path applies. */
  readonly fast: FastSeries | null;
}

interface FastSeries {
  readonly tables: SeriesTables;
  readonly rules: SeriesRules;
  readonly account: SweepAccount;
  readonly tape: TradeTape;
  /** For values that nobody keeps: writing them costs less than asking each day whether somebody wants them. */
  readonly scratch: Float64Array;
}

const listing = /^KRX:[0-9][0-9A-Z]{5}$/;

function startPortfolio(options: SweepOptions, days: MarketDays, resolve: Resolve): PortfolioRun {
  const { series, instruments } = options;
  const strategy = anyStrategy(options, resolve);
  if (strategy !== undefined) checkOptions({ ...options, strategy, sha256: () => '' });
  const [only] = series;
  const instrument = instruments.find(({ id }) => id === only?.instrument);
  const isFast =
    only?.interval === '1d' && instrument !== undefined && series.length === 1 && areOrdinary(options.fills);
  return {
    options,
    symbol: portfolioName(series),
    fast: isFast && !isOnePortfolio(options.subject) ? fastSeries(options, only, instrument, days) : null,
  };
}

/** Of the first combination that makes one. */
function anyStrategy({ combinations, series }: SweepOptions, resolve: Resolve): Strategy | undefined {
  for (let place = 0; place < combinations.length; place += 1) {
    const resolved = resolve(place);
    if (resolved.kind === 'rules')
      return resolved.strategy(
        series.map(({ instrument }) => instrument),
        series[0]?.interval,
      );
  }
  return undefined;
}

function fastSeries(
  options: SweepOptions,
  series: BarSeries,
  instrument: Instrument,
  days: MarketDays,
): FastSeries | null {
  const { limits, from, to, subject, path } = options;
  const guard = new GuardNumbers(limits);
  // The guard knows no strategy of these names and refuses everything.
  const isNamed = subject.name !== '' && subject.name !== 'person';
  if (path === 'event' || !guard.isModelled || !isNamed || !listing.test(instrument.id)) return null;
  const tables = seriesTables({ series, instrument, from, to, limits, days });
  if (tables === null) return null;
  const tape = new TradeTape();
  const commissionPpb = options.commissionPpb ?? commissionPpbOf(instrument.kind);
  if (!Number.isSafeInteger(commissionPpb) || commissionPpb < 0) return null;
  const account = new SweepAccount({ tables, guard, tape, orderValueMax: limits.orderValueMax, commissionPpb });
  return {
    tables,
    rules: new SeriesRules(tables),
    account,
    tape,
    scratch: new Float64Array(tables.end - tables.start),
  };
}

function runOne(
  { options, symbol, fast: tables }: PortfolioRun,
  combination: number,
  resolved: ResolvedCombination,
): SweepRun {
  if (resolved.kind === 'refused') return { kind: 'refused', symbol, combination, reason: resolved.reason };
  const { rules } = resolved;
  const fast = rules === null || tables === null ? null : fastRun(options, tables, rules);
  if (fast !== null) return { kind: 'run', symbol, combination, ...fast };
  const { series, instruments, keep } = options;
  const strategy = resolved.strategy(
    series.map(({ instrument }) => instrument),
    series[0]?.interval,
  );
  const { figures, equity, trades } = eventRun(options, { series, instruments, strategy });
  return {
    kind: 'run',
    symbol,
    combination,
    path: 'event',
    figures,
    equity: keep === 'figures' ? null : equity,
    trades: keep === 'trades' ? trades : null,
  };
}

type Kept = Pick<Extract<SweepRun, { kind: 'run' }>, 'path' | 'figures' | 'equity' | 'trades'>;

/** Null when the account gave up: its numbers left the range that it can vouch for. */
function fastRun(
  options: SweepOptions,
  { tables, rules: columns, account, tape, scratch }: FastSeries,
  rules: SweepRules,
): Kept | null {
  const { keep, initialCash } = options;
  const equity = keep === 'figures' ? scratch : new Float64Array(tables.end - tables.start);
  const path: SweepPath = options.path ?? 'sparse';
  account.restart(initialCash, rules);
  tape.restart(keep === 'trades');
  run(path, { tables, columns, account, rules, equity });
  if (account.hasGivenUp) return null;
  return {
    path,
    figures: account.figures(initialCash),
    equity: keep === 'figures' ? null : equity,
    trades: keep === 'trades' ? tape.trades(tables.series) : null,
  };
}

function run(
  path: SweepPath,
  work: {
    readonly tables: SeriesTables;
    readonly columns: SeriesRules;
    readonly account: SweepAccount;
    readonly rules: SweepRules;
    readonly equity: Float64Array;
  },
): void {
  const { columns, firstTraded } = work.columns.startingWith(work.rules.warmUpBars);
  const { entry, exit, indicators } = work.rules.rules;
  if (path === 'fused') {
    const masks = { entry: columns.mask(entry, indicators), exit: columns.mask(exit, indicators) };
    fusedRun({ ...work, ...masks, firstTraded });
    return;
  }
  const end = work.tables.traded.length - firstTraded;
  const seeker = (group: typeof entry) => ruleSeeker(group, indicators, columns, end);
  sparseRun({ ...work, entry: seeker(entry), exit: seeker(exit), firstTraded });
}
