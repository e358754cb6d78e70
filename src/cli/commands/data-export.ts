import { Command, Option } from 'commander';
import type { BarInterval } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import type { BarStore, NamedSeries } from '#store/bar-store.ts';
import { columnDialects, type ColumnDialect } from '#store/csv/column-names.ts';
import { csvLines } from '#store/csv/csv-export.ts';
import { parquetBytes } from '#store/parquet/parquet-export.ts';
import { intervalOf } from '../backtest/run-bars.ts';
import { isListingCode, noStoredBars, withStoredBars } from '../bars/stored-bars.ts';
import { writeResultFile } from '../terminal/write-file.ts';
import { addAsOf, asOfOf, type AsOfOptions } from './data-adjust.ts';

interface Options extends AsOfOptions {
  readonly out?: string;
  readonly columns: ColumnDialect;
  readonly adjusted?: boolean;
  readonly interval?: string;
}

const always = { from: 0, to: 99_999_999 };

/** `snowball data export 005930 --out x.csv|x.parquet`, days or minutes; `all` for the whole store, as Parquet. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description(say('일봉이나 분봉을 CSV나 Parquet으로 꺼내요.', 'Write bars of days or minutes as CSV or Parquet.'))
    .argument('<symbol>', say('여섯 자리 종목코드, 또는 all', 'six-character listing code, or all'))
    .option(
      '--out <file>',
      say('저장할 파일, .csv나 .parquet (없으면 화면)', 'file to write, .csv or .parquet (default: standard output)'),
    )
    .addOption(
      new Option('--columns <names>', say('열 이름 방식', 'how columns are named'))
        .choices(Object.keys(columnDialects))
        .default('snowball'),
    )
    .option('--interval <bars>', say('1d(기본)나 1m', '1d (default) or 1m'))
    .option('--adjusted', say('분할·배당을 반영한 가격', 'prices adjusted for splits and dividends'));
  return addAsOf(command).action((symbol: string, options: Options) => exportBars(symbol, options));
}

function exportBars(symbol: string, options: Options): void {
  const isParquet = options.out !== undefined && /\.parquet$/i.test(options.out);
  if (symbol === 'all' && !isParquet) {
    throw new FixConfiguration(
      'data.export',
      say(
        '모든 종목은 Parquet으로만 꺼낼 수 있어요. --out bars.parquet처럼 적어 주세요.',
        'All instruments go into Parquet only: name a file such as --out bars.parquet.',
      ),
    );
  }
  const interval = intervalOf(options.interval) ?? '1d';
  const found = withStoredBars((store) =>
    symbol === 'all' ? allOf(store, options, interval) : oneOf(store, symbol, options, interval),
  );
  if (found === null || found.length === 0) throw noStoredBars(symbol, interval);
  const content = isParquet
    ? parquetBytes(found, options.columns)
    : found.flatMap(({ series, name }) => csvLines(series, name, options.columns)).join('');
  if (options.out === undefined) process.stdout.write(content);
  else {
    writeResultFile(options.out, content);
    process.stdout.write(say(`저장했어요: ${options.out}\n`, `Written: ${options.out}\n`));
  }
}

function allOf(store: BarStore, options: Options, interval: BarInterval): readonly NamedSeries[] {
  const symbols = store.datasets().flatMap((dataset) => (dataset.interval === interval ? [dataset.symbol] : []));
  return symbols.flatMap((symbol) => oneOf(store, symbol, options, interval));
}

function oneOf(store: BarStore, symbol: string, options: Options, interval: BarInterval): readonly NamedSeries[] {
  if (!isListingCode(symbol)) throw noStoredBars(symbol, interval);
  const series =
    options.adjusted === true
      ? store.adjustedSeries(symbol, { ...always, interval }, asOfOf(options))
      : store.series(symbol, interval, always.from, always.to);
  const name = store.datasets().find((dataset) => dataset.symbol === symbol)?.name ?? '';
  return series === null ? [] : [{ series, name }];
}
