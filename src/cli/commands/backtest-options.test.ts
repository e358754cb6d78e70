import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { tickAt, tickTable } from '#markets/tick-size.ts';
import { listingOf } from '#markets/listings.ts';
import { plainDate } from '#domain/trading-date.ts';
import { daysOnly } from '#store/bar-reading.ts';
import { readCsvBars } from '#store/csv/csv-import.ts';
import { parquetBytes } from '#store/parquet/parquet-export.ts';
import {
  aFile,
  backtest,
  bars,
  folder,
  minuteBars,
  refusal,
  resultOf,
  written,
} from '../../../tests/support/backtest-command.ts';
import { backtestCommand } from './backtest.ts';
import { dataCommand } from './data.ts';

describe('snowball backtest, how bars fill', () => {
  test('--slippage ticks:1 makes each fill at an open one tick worse, and says what it cost', async () => {
    const plain = await resultOf();
    const slipped = await resultOf('--slippage', 'ticks:1');

    const [first, worse] = [plain.trades[0]!, slipped.trades[0]!];
    const tick = tickAt(tickTable(listingOf('005930')!, plainDate(first.date)), first.price);
    assert.equal(first.side, 'buy');
    assert.equal(worse.price, first.price + tick);
    assert.equal(worse.slippage, tick * worse.quantity);
    assert.equal(first.slippage, undefined);
  });

  test('--volume-cap 0.01% lets ten shares of a hundred thousand through', async () => {
    const result = await resultOf('--volume-cap', '0.01%');

    assert.ok(result.trades.length > 0);
    assert.ok(result.trades.every(({ quantity }) => quantity <= 10));
    assert.ok((await resultOf()).trades.some(({ quantity }) => quantity > 10));
  });

  test('--lots market trades in the tens of 2011', async () => {
    const result = await resultOf('--lots', 'market');

    const sent = result.orders.filter(({ side, state }) => side === 'buy' && state === 'filled');
    assert.ok(sent.every(({ quantity }) => quantity % 10 === 0));
    assert.ok(result.orders.some(({ state }) => state === 'rejected') || sent.length > 0);
  });

  test('a run without options keeps the fields it always had; chosen ones are added', async () => {
    const known =
      'strategy symbols from to initialCash tradableFrom metrics equity trades orders benchmark decisionLogSha256';

    assert.deepEqual(Object.keys(await resultOf()), known.split(' '));
    assert.deepEqual((await resultOf('--slippage', 'spread:10,50%', '--volume-cap', '5%')).fills, {
      slippage: { kind: 'spread', spreadBps: 10, shareBps: 5_000 },
      volumeShareBps: 500,
      limitLock: true,
      lots: 'single',
      volatilityInterruptions: false,
    });
  });

  test('the report states how it was counted with the fills that were chosen', async () => {
    const [plain, chosen] = [join(folder, 'plain.html'), join(folder, 'chosen.html')];

    await backtest('--html', plain);
    await backtest('--html', chosen, '--slippage', 'bps:5', '--volume-cap', '2.5%', '--lots', 'market');

    const [one, other] = [readFileSync(plain, 'utf8'), readFileSync(chosen, 'utf8')];
    assert.match(
      one,
      /No slippage was assumed.*at most 10% of its volume|at most 10% of its volume.*No slippage was assumed/s,
    );
    assert.match(other, /at most 2\.5% of its volume/);
    assert.match(other, /fill 0\.05% of the price worse/);
    assert.match(other, /in the lots of their day/);
    assert.match(other, /"relation":"told","text":"the 5-day average crosses above the 20-day average"/);
  });
});

describe('snowball backtest, bars and prices', () => {
  test('--interval 1m runs a strategy over minute bars of a CSV, and --why finds one of its minutes', async () => {
    const minutes = aFile('minutes-005930.csv', minuteBars());

    const result = await resultOf('--bars', minutes, '--interval', '1m');
    const { barStartsAtMs = 0 } = result.orders[0]!;
    const at = Temporal.Instant.fromEpochMilliseconds(barStartsAtMs).toZonedDateTimeISO('Asia/Seoul');
    const told = await backtest('--bars', minutes, '--interval', '1m', '--why', `005930@${at.toString().slice(0, 16)}`);

    assert.equal(result.interval, '1m');
    assert.equal(result.equity.length, 3);
    assert.ok(result.trades.length > 0);
    assert.ok(told.includes(at.toPlainTime().toString().slice(0, 5)));
    assert.match(told, /Asked to buy/);
  });

  test('--bars takes Parquet as it takes CSV: a file, a folder of files by code, days or minutes, to the same log', async () => {
    const read = readCsvBars(bars, () => 'open').series;
    const minutes = readCsvBars(aFile('of-minutes-005930.csv', minuteBars()), () => 'open', {
      ...daysOnly,
      interval: '1m',
      stamp: 'start',
    }).series;
    const days = mkdtempSync(join(folder, 'days-'));
    writeFileSync(join(days, '005930.parquet'), parquetBytes(read));
    const file = join(folder, 'all.parquet');
    writeFileSync(file, parquetBytes(minutes));

    const [csv, inFolder] = [await resultOf(), await resultOf('--bars', days)];
    const minuteRun = await resultOf('--bars', file, '--interval', '1m');
    const minuteCsv = await resultOf('--bars', join(folder, 'of-minutes-005930.csv'), '--interval', '1m');

    assert.ok(csv.trades.length > 0 && minuteRun.trades.length > 0);
    assert.deepEqual(inFolder, csv);
    assert.deepEqual(minuteRun, minuteCsv);
    assert.match(
      (await refusal('--bars', join(folder, 'none.parquet'))).message,
      /none\.parquet": found nothing there/,
    );
  });

  test('--dividends pays what was held on the ex-day, after tax, and the report says so', async () => {
    const buy = (await resultOf()).trades.find(({ side }) => side === 'buy')!;
    const ex = (await resultOf()).equity.find(({ date }) => date > buy.date)!.date;
    const file = aFile(
      'dividends.csv',
      `code,ex_date,pay_date,dividend\n005930,${ex},${ex},100\n000660,${ex},${ex},1\n`,
    );
    const html = join(folder, 'dividends.html');

    const [paid, ...more] = (await resultOf('--dividends', file)).dividends ?? [];
    await backtest('--dividends', file, '--html', html);

    assert.deepEqual(more, []);
    assert.equal(paid?.quantity, buy.quantity);
    assert.equal(paid?.gross, buy.quantity * 100);
    assert.ok(paid.tax >= Math.floor(paid.gross * 0.15) && paid.tax <= Math.ceil(paid.gross * 0.155));
    assert.match(readFileSync(html, 'utf8'), /Dividends are counted on their payment day/);
  });

  test('--splits multiplies the shares that are held', async () => {
    const buy = (await resultOf()).trades.find(({ side }) => side === 'buy')!;
    const after = (await resultOf()).equity.find(({ date }) => date > buy.date)!.date;
    const file = aFile('splits.csv', `code,date,before,after\n005930,${after},1,2\n`);

    const result = await resultOf('--splits', file);

    const [, ...rest] = result.trades;
    const again = rest.findIndex(({ side }) => side === 'buy');
    const sold = rest.slice(0, again).reduce((sum, { quantity }) => sum + quantity, 0);
    assert.equal(sold, buy.quantity * 2);
    assert.deepEqual(result.splits, [{ symbol: '005930', date: after, from: 1, to: 2 }]);
  });

  test('--adjusted runs on the store’s prices by its splits, and its result and report say so', async () => {
    const actions = aFile(
      'actions.csv',
      'code,from,kind,known_on,before,after,dividend,withdrawn\n005930,2011-05-02,split,2011-04-01,1,2,,\n',
    );
    await written(() => dataCommand().parseAsync(['import', bars], { from: 'user' }));
    await written(() => dataCommand().parseAsync(['adjust', 'import', actions], { from: 'user' }));
    const html = join(folder, 'adjusted.html');

    const result = await resultOf('--adjusted');
    const before = await resultOf('--adjusted', '--adjustments', '0');
    await backtest('--adjusted', '--html', html);

    assert.deepEqual(result.adjusted, { version: 1, actions: 1 });
    assert.deepEqual(before.adjusted, { version: 0, actions: 0 });
    assert.equal(before.trades[0]!.price, (await resultOf()).trades[0]!.price);
    assert.ok(result.trades[0]!.price < before.trades[0]!.price * 0.6);
    assert.match(readFileSync(html, 'utf8'), /adjusted by 1 of the store's corporate actions, version 1/);
  });
});

const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['--slippage', 'ticks'], /--slippage "ticks": wanted none, ticks:1/],
  [['--slippage', 'ticks:1.5'], /--slippage "ticks:1\.5"/],
  [['--slippage', 'bps:5,50%'], /--slippage "bps:5,50%"/],
  [['--slippage', 'spread:10'], /--slippage "spread:10"/],
  [['--slippage', 'spread:10,101%'], /--slippage "101%"/],
  [['--slippage', 'impact:1e308'], /--slippage "impact:1e308"/],
  [['--volume-cap', '10'], /--volume-cap "10": wanted a share such as 10%/],
  [['--volume-cap', '0%'], /--volume-cap "0%"/],
  [['--lots', 'ten'], /--lots "ten": wanted single \| market/],
  [['--interval', '5m'], /--interval "5m": wanted 1d \| 1m/],
  [['--why', '005930'], /--why "005930": wanted a stock and a day/],
  [['--why', '005930@2011-02-30'], /--why "2011-02-30"/],
  [['--why', '005930@2011-03-02T09:05'], /--why "005930@2011-03-02T09:05": wanted a stock and a day/],
  [['--why', '000660@2011-03-02'], /--why "000660@2011-03-02": wanted one of the stocks 005930/],
  [['--why', '005930@2011-03-05'], /--why "005930@2011-03-05": wanted a bar that the strategy saw/],
  [['--why', '005930@2011-03-02', '--html', 'x.html'], /--why with --html/],
  [['--adjusted', '--bars', bars], /--adjusted with --bars/],
  [['--stamp', 'middle', '--bars', 'x', '--interval', '1m'], /--stamp "middle": wanted start \| end/],
  [['--adjusted', '--splits', 'x.csv'], /--adjusted with --splits: the same would count twice/],
  [['--adjustments', '1'], /--adjustments alone/],
];
for (const [args, says] of wrong) {
  test(`backtestCommand() refuses ${args.map((arg) => (arg === bars ? 'FILE' : arg)).join(' ')} in one sentence`, async () => {
    const found = await refusal(...args);

    assert.equal(found.code, 'cli.option');
    assert.match(found.message, says);
  });
}

test('backtestCommand() refuses minute bars where the strategy decides on days alone, and times that are none', async () => {
  const recipe = () => backtestCommand().parseAsync(['recipe:dual-momentum', '--interval', '1m'], { from: 'user' });
  const seconds = aFile('seconds-005930.csv', '일자,시간,시가,고가,저가,종가,거래량\n2024-01-03,090130,1,1,1,1,1\n');

  await assert.rejects(() => written(recipe), /--interval "1m": wanted what this strategy decides on, 1d/);
  assert.match(
    (await refusal('--bars', seconds, '--interval', '1m')).message,
    /"090130", wanted the time of a minute bar/,
  );
});
