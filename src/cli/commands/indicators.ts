import { basename, extname } from 'node:path';
import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import { candlestickById, candlesticks } from '#indicators/candlesticks.ts';
import { indicatorById, indicators } from '#indicators/catalogue.ts';
import { readIndicatorParams, type IndicatorColumns, type IndicatorDefinition } from '#indicators/definition.ts';
import { indicatorColumns } from '#indicators/indicator-columns.ts';
import type { ParamValues } from '#indicators/params.ts';
import { wantedInKorean } from '#indicators/wanted-in-korean.ts';
import { say } from '#link/language.ts';
import { daysOnly } from '#store/bar-reading.ts';
import { readBarFiles } from '#store/read-bar-files.ts';
import { withParticle } from '#strategy/korean-particle.ts';
import { krxCalendar } from '../bars/backtest-bars.ts';
import { indicatorListData, indicatorListLines } from '../research/indicator-list.ts';
import { collect, wrongOption } from '../research/research-options.ts';
import { tradedColumns } from '../strategy/rules-findings.ts';
import { didYouMean } from '../terminal/wrong-name.ts';
import { printJson } from '../terminal/json.ts';

interface Options {
  readonly id?: string;
  readonly list?: boolean;
  readonly params: readonly string[];
  readonly benchmark?: string;
  readonly allDays?: boolean;
  readonly json?: boolean;
}

/** `snowball indicators <file>`: one indicator or pattern over daily bars, value by value. */
export function indicatorsCommand(): Command {
  return new Command('indicators')
    .description(
      say('일봉에서 지표나 캔들 패턴을 계산해요.', 'Compute an indicator or a candlestick pattern over daily bars.'),
    )
    .argument('[file]', say('일봉 CSV나 Parquet 파일', 'CSV or Parquet file of daily bars'))
    .option('--id <name>', say('rsi 같은 지표 이름', 'indicator, such as rsi'))
    .option('--list', say('지표와 캔들 패턴을 모두 보여줘요', 'show every indicator and pattern'))
    .option(
      '--params <key=value>',
      say('period=14처럼, 여러 번 쓸 수 있어요', 'such as period=14; repeatable, or between commas'),
      collect,
      [],
    )
    .option(
      '--benchmark <file>',
      say(
        'beta와 alpha가 견줄 지수의 일봉 파일 (CSV나 Parquet)',
        'CSV or Parquet file of the index that beta and alpha compare with',
      ),
    )
    .option(
      '--all-days',
      say(
        '거래가 없던 날의 봉도 세요 (전략은 세지 않아요)',
        'count bars without volume too, which strategies pass over',
      ),
    )
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action((file: string | undefined, options: Options) =>
      options.list === true ? list(options) : compute(file, options),
    );
}

function list({ json }: Options): void {
  if (json === true) printJson(indicatorListData());
  else process.stdout.write(`${indicatorListLines().join('\n')}\n`);
}

async function compute(file: string | undefined, options: Options): Promise<void> {
  const { id } = options;
  if (file === undefined || id === undefined) throw lacking();
  const definition = definitionOf(id);
  const params = paramsOf(definition, options.params);
  const index = await closesOf(definition, options.benchmark);
  const computed = (await seriesIn(file, options.allDays)).map(({ symbol, columns, dates }) => {
    const benchmark = Float64Array.from(dates, (date) => index.get(date) ?? NaN);
    return { symbol, dates, outputs: indicatorColumns(definition, params, { ...columns, benchmark }) };
  });
  if (options.json === true) {
    printJson(
      computed.map(({ symbol, dates, outputs }) => ({
        id,
        params,
        symbol,
        series: rowsOf(dates, outputs),
      })),
    );
    return;
  }
  for (const { symbol, dates, outputs } of computed) {
    process.stdout.write(`${['symbol', 'date', ...Object.keys(outputs)].join(',')}\n`);
    for (const { date, ...values } of rowsOf(dates, outputs)) {
      process.stdout.write(`${[symbol, date, ...Object.values(values).map((value) => value ?? '')].join(',')}\n`);
    }
  }
}

interface ReadSeries {
  /** The listing code; the name of a file that says none. */
  readonly symbol: string;
  readonly columns: IndicatorColumns;
  readonly dates: readonly number[];
}

/** No listing code: what stands for one in a file that says none. */
const unnamed = '000000';

/**
 * Every instrument of the file. One without any volume, such as an index, is computed over all of its days, and what
 * needs volumes has no value.
 */
async function seriesIn(file: string, allDays = false): Promise<readonly ReadSeries[]> {
  const read = await readBarFiles(file, krxCalendar, { ...daysOnly, looking: { symbol: unnamed } });
  return read.series.map(({ series }) => {
    const code = symbolOf(series.instrument);
    const symbol = code === unnamed ? basename(file, extname(file)) : code;
    const hasVolume = series.volume.some((volume) => volume > 0);
    if (hasVolume && !allDays) {
      const traded = tradedColumns(series);
      tellQuiet(symbol, series.date.length - traded.dates.length);
      return { symbol, ...traded };
    }
    const { open, high, low, close } = series;
    const volume = hasVolume ? series.volume : new Float64Array(close.length).fill(NaN);
    return { symbol, columns: { open, high, low, close, volume }, dates: [...series.date] };
  });
}

/** A series computed over every row of the file would differ from ours from the first such day on. */
function tellQuiet(symbol: string, days: number): void {
  if (days === 0) return;
  process.stderr.write(
    say(
      `${symbol}: 거래가 없던 ${days}일은 빼고 계산했어요. 전략도 그렇게 봐요. 넣으려면 --all-days를 적어 주세요.\n`,
      `${symbol}: days without a trade left out, as strategies do: ${days}. Use --all-days to count them.\n`,
    ),
  );
}

/** The closes of the index by day; none where the indicator needs none. */
async function closesOf(
  { id, inputs }: IndicatorDefinition,
  benchmark: string | undefined,
): Promise<ReadonlyMap<number, number>> {
  if (!inputs.includes('benchmark')) return new Map();
  const [index, ...others] = benchmark === undefined ? [] : await seriesIn(benchmark);
  if (index !== undefined && others.length === 0) {
    return new Map(index.dates.map((date, row) => [date, index.columns.close[row] ?? NaN]));
  }
  throw new FixConfiguration(
    'cli.option',
    say(
      `${withParticle(id, 'object')} 계산하려면 견줄 지수가 하나 필요해요. --benchmark kospi.csv처럼 지수의 일봉 파일을 적어 주세요.`,
      `Cannot compute ${id}: it compares with one index. Name a file of its days, such as --benchmark kospi.csv.`,
    ),
  );
}

/** One row a bar; null where the indicator has no value yet. */
function rowsOf(
  dates: readonly number[],
  outputs: Readonly<Record<string, Float64Array>>,
): readonly Readonly<Record<string, number | null>>[] {
  return dates.map((date, row) => {
    const values = Object.entries(outputs).map(([name, column]) => {
      const value = column[row] ?? NaN;
      return [name, Number.isFinite(value) ? value : null] as const;
    });
    return { date, ...Object.fromEntries(values) };
  });
}

function lacking(): FixConfiguration {
  return new FixConfiguration(
    'cli.option',
    say(
      '일봉 파일과 지표를 함께 적어 주세요: snowball indicators 005930.csv --id rsi. 지표 목록은 --list로 볼 수 있어요.',
      'Name a file of days and an indicator: snowball indicators 005930.csv --id rsi. --list shows every indicator.',
    ),
  );
}

function definitionOf(id: string): IndicatorDefinition {
  const found = indicatorById(id) ?? candlestickById(id);
  if (found !== null) return found;
  const known = [...indicators, ...candlesticks].map((one) => one.id);
  const [shown, hint] = [id.slice(0, 60), didYouMean(id, known)];
  throw new FixConfiguration(
    'cli.option',
    say(
      `${withParticle(`"${shown}"`, 'called')} 지표나 패턴은 없어요.${hint} "snowball indicators --list"가 모두 보여 줘요.`,
      `Cannot use --id "${shown}": there is no such indicator or pattern.${hint} "snowball indicators --list" shows them all.`,
    ),
  );
}

function paramsOf(definition: IndicatorDefinition, pairs: readonly string[]): ParamValues {
  const given = pairs
    .flatMap((pair) => pair.split(','))
    .map((pair) => {
      const [, name, value] = /^([a-z0-9_]+)=(.+)$/.exec(pair.trim()) ?? [];
      if (name === undefined || value === undefined) throw wrongOption('--params', pair, 'period=14');
      return [name, /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value] as const;
    });
  const read = readIndicatorParams(definition, Object.fromEntries(given));
  if (read.kind === 'params') return read.values;
  const found = `${read.name}=${String(read.found)}`.slice(0, 60);
  throw new FixConfiguration(
    'cli.option',
    say(
      `--params 값을 쓸 수 없어요: "${found}". ${wantedInKorean(read.wanted)}로 적어 주세요.`,
      `Cannot use --params "${found}": wanted ${read.wanted}.`,
    ),
  );
}
