import type { Command } from 'commander';
import type { BacktestAdjustment } from '#backtest/result.ts';
import type { BarInterval } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import type { BarStamp } from '#store/minutes/bar-stamps.ts';
import { countingActions } from '#store/corporate-action.ts';
import { loadBars, type BacktestBars } from '../bars/backtest-bars.ts';
import { addAsOf, asOfOf, type AsOfOptions } from '../commands/data-adjust.ts';
import { wrongOption } from '../research/research-options.ts';
import { noStoredBars, withStoredBars } from '../bars/stored-bars.ts';
import type { ActionOptions } from './action-options.ts';

export interface BarOptions extends ActionOptions, AsOfOptions {
  readonly bars?: string;
  readonly adjusted?: boolean;
  readonly interval?: string;
  readonly stamp?: string;
}

/** The bars of a run, and what was computed into their prices. */
export interface RunBars extends BacktestBars {
  /** Null when they were taken as they lie. */
  readonly adjusted: BacktestAdjustment | null;
}

/** `--interval`, `--stamp`, `--adjusted`, and which of the store's actions then count. */
export function addBarOptions(command: Command): Command {
  return addAsOf(
    addIntervalOptions(command).option(
      '--adjusted',
      say('저장소의 분할·배당을 반영한 가격으로', "prices adjusted by the store's splits and dividends"),
    ),
  );
}

/** `--interval` and `--stamp`. */
export function addIntervalOptions(command: Command): Command {
  return addStamp(command.option('--interval <bars>', say('봉: 1d(기본) 또는 1m', 'bars: 1d (default) or 1m')));
}

/** `--stamp`. */
export function addStamp(command: Command): Command {
  return command.option(
    '--stamp <start|end>',
    say(
      '분봉 파일의 시각이 봉의 시작인지 끝인지 (없으면 09:00 봉으로 알아봐요)',
      'whether times of minute files start or end their bars (default: told by the bar of 09:00)',
    ),
  );
}

/** Undefined when none was asked for. @throws {FixConfiguration} `cli.option` */
export function stampOption(text: string | undefined): BarStamp | undefined {
  if (text === undefined || text === 'start' || text === 'end') return text;
  throw wrongOption('--stamp', text, 'start | end');
}

/** Null when none was asked for. @throws {FixConfiguration} `cli.option` */
export function intervalOf(text: string | undefined): BarInterval | null {
  if (text === undefined) return null;
  if (text === '1d' || text === '1m') return text;
  throw wrongOption('--interval', text, '1d | 1m');
}

/**
 * @throws {FixConfiguration} `cli.option` for options that contradict each other, the codes of `loadBars`, `store.adjust`
 */
export async function runBarsOf(
  symbols: readonly string[],
  options: BarOptions,
  interval: BarInterval,
): Promise<RunBars> {
  if (options.adjusted === true) return adjustedBars(symbols, options, interval);
  for (const [option, value] of [
    ['--adjustments', options.adjustments],
    ['--known-by', options.knownBy],
  ] as const) {
    if (value !== undefined) throw needsAdjusted(option);
  }
  const stamp = stampOption(options.stamp);
  const wish = { interval, ...(stamp === undefined ? {} : { stamp }) };
  return { ...(await loadBars(symbols, options.bars, wish)), adjusted: null };
}

function adjustedBars(symbols: readonly string[], options: BarOptions, interval: BarInterval): RunBars {
  refuseTwice(options);
  const asOf = asOfOf(options);
  const found = withStoredBars((store) => {
    const series = symbols.map((symbol) => {
      const one = store.adjustedSeries(symbol, { from: 0, to: 99_999_999, interval }, asOf);
      if (one === null) throw noStoredBars(symbol, interval);
      return one;
    });
    const recorded = store.actions();
    const counting = countingActions(recorded, asOf).filter(({ symbol }) => symbols.includes(symbol));
    const latest = Math.max(0, ...recorded.map(({ version }) => version));
    const adjusted = {
      version: Math.min(latest, asOf.version ?? latest),
      ...(asOf.knownBy === undefined ? {} : { knownBy: asOf.knownBy }),
      actions: counting.length,
    };
    const names = new Map(store.datasets().map((dataset) => [dataset.symbol, dataset.name]));
    return { series, names, files: [], adjusted };
  });
  if (found === null) throw noStoredBars(symbols[0] ?? '', interval);
  return found;
}

/** What is in the prices already must not be counted once more, and only stored bars can be adjusted. */
function refuseTwice({ bars, dividends, splits }: BarOptions): void {
  if (bars !== undefined) {
    throw contradiction(
      '--adjusted는 저장소의 봉에만 쓸 수 있어요. --bars를 빼거나, "snowball data import"로 먼저 가져와 주세요.',
      'Cannot use --adjusted with --bars: only stored bars are adjusted; leave --bars out, or import them first with "snowball data import".',
    );
  }
  const second = dividends === undefined ? (splits === undefined ? null : '--splits') : '--dividends';
  if (second === null) return;
  throw contradiction(
    `--adjusted와 ${second}를 함께 쓰면 두 번 세게 돼요. 하나만 적어 주세요.`,
    `Cannot use --adjusted with ${second}: the same would count twice; wanted one of them.`,
  );
}

function needsAdjusted(option: string): FixConfiguration {
  return contradiction(
    `${option}는 --adjusted와 함께 쓰는 옵션이에요. --adjusted를 더해 주세요.`,
    `Cannot use ${option} alone: it chooses what --adjusted counts; add --adjusted.`,
  );
}

function contradiction(korean: string, english: string): FixConfiguration {
  return new FixConfiguration('cli.option', say(korean, english));
}
