import { readFileSync } from 'node:fs';
import { PineTS } from 'pinets';

/**
 * Reads `{ csv, pine }` from standard input and writes the trades of that script over that file by PineTS, dates as
 * yyyymmdd. It reads the file itself: nothing of ours stands between the CSV and its trades.
 */
const { csv, pine } = JSON.parse(readFileSync(0, 'utf8'));
const [header, ...lines] = readFileSync(csv, 'utf8').trim().split(/\r?\n/);
const place = Object.fromEntries(
  header
    .replace(/^\uFEFF/, '')
    .split(',')
    .map((name, index) => [name, index]),
);
const dates = [];
const bars = lines.map((line) => {
  const cells = line.split(',');
  const date = cells[place.date];
  dates.push(Number(date));
  const openTime = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)));
  const number = (name) => Number(cells[place[name]]);
  return {
    openTime,
    closeTime: openTime + 86_399_999,
    open: number('open'),
    high: number('high'),
    low: number('low'),
    close: number('close'),
    volume: number('volume'),
  };
});
const script = `//@version=6
strategy("agreement", initial_capital = 100000000, default_qty_type = strategy.fixed, default_qty_value = 1)
${pine}
if isIn and not isOut
    strategy.entry("L", strategy.long)
if isOut
    strategy.close("L")
`;
const { strategy } = await new PineTS(bars, 'KRX', 'D').run(script);
const trades = [...strategy.closedtrades, ...strategy.opentrades].map((trade) => ({
  boughtOn: dates[trade.entry_bar_index],
  boughtAt: trade.entry_price,
  soldOn: trade.status === 'closed' ? dates[trade.exit_bar_index] : null,
  soldAt: trade.status === 'closed' ? trade.exit_price : null,
}));
process.stdout.write(JSON.stringify(trades));
