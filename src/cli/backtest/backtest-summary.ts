import { changeText, dayText, figureText } from '#backtest/report/report-numbers.ts';
import { denialCounts } from '#backtest/report/denied-orders.ts';
import { reasonIn } from '#backtest/report/reason-in.ts';
import { shortReason } from '#backtest/report/trade-table.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { denialName } from '#backtest/report/denial-names.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { numberText, wonText } from '../terminal/numbers.ts';
import { plotLines } from '../terminal/plot.ts';
import { tableLines } from '../terminal/table.ts';
import { cutText, textWidth } from '../terminal/text-width.ts';
import { fillsLine } from './fills-line.ts';

const tradesShown = 10;

/** A backtest for a person at a terminal: figures, equity as a plot, refusals, the last trades. */
export function backtestSummary(result: BacktestResult, nameOf: (symbol: string) => string): string {
  const blocks = [
    title(result, nameOf),
    figureLines(result),
    equityLines(result),
    denialLines(result),
    tradeLines(result, nameOf),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function title(result: BacktestResult, nameOf: (symbol: string) => string): readonly string[] {
  const symbols = result.symbols.map((symbol) => `${nameOf(symbol)}(${symbol})`).join(', ');
  const range = `${dayText(result.from, true)}–${dayText(result.to, true)}`;
  const room = 80 - textWidth(`${result.strategy} ·  · ${range}`);
  const line = `${result.strategy} · ${cutText(symbols, Math.max(20, room))} · ${range}`;
  return result.fills === undefined ? [line] : [line, fillsLine(result.fills)];
}

function figureLines(result: BacktestResult): readonly string[] {
  const { metrics } = result;
  const percent = (value: number | null) => (value === null ? '–' : `${figureText(value * 100, 1)}%`);
  const rows = [
    [say('비용을 뺀 수익률', 'return after costs'), changeText(metrics.totalReturn)],
    [say('그냥 들고 있었다면', 'buy and hold'), changeText(metrics.benchmarkReturn)],
    [say('마지막 자산', 'final value'), wonText(metrics.finalValue)],
    [say('연환산', 'a year'), changeText(metrics.annualReturn)],
    [say('최대 낙폭', 'deepest fall'), changeText(metrics.maximumDrawdown)],
    [say('샤프 (무위험 0%)', 'Sharpe (risk-free 0%)'), figureText(metrics.sharpe)],
    [say('변동성 (한 해)', 'volatility a year'), percent(metrics.volatility)],
    [say('거래', 'round trips'), numberText(metrics.roundTrips)],
    [say('이긴 거래', 'winning trades'), percent(metrics.winRate)],
    [say('번 돈 ÷ 잃은 돈', 'won ÷ lost'), figureText(metrics.profitFactor)],
    [say('주식을 가진 날', 'days invested'), percent(metrics.exposure)],
    [say('한 해 회전율', 'turnover a year'), percent(metrics.turnover)],
    [say('수수료', 'fees'), wonText(metrics.fees)],
    [say('세금', 'tax'), wonText(metrics.tax)],
    [say('안전 점검이 막은 주문', 'orders refused by the guard'), numberText(metrics.deniedOrders)],
  ];
  return tableLines(
    [
      { head: say('항목', 'figure'), align: 'left' },
      { head: say('값', 'value'), align: 'right' },
    ],
    rows,
  );
}

function equityLines(result: BacktestResult): readonly string[] {
  const values = [result.initialCash, ...result.equity.map((day) => day.value)];
  const plot = plotLines(values, {
    from: dayText(result.equity[0]?.date ?? result.from, true),
    to: dayText(result.equity.at(-1)?.date ?? result.to, true),
    labelOf: (value) => numberText(Math.round(value / 1_000)),
  });
  return [say('자산 (천 원)', 'equity (thousand won)'), ...plot];
}

function denialLines(result: BacktestResult): readonly string[] {
  const counts = denialCounts(result);
  if (counts.length === 0) return [];
  return tableLines(
    [
      { head: say('막은 규칙', 'refused by'), align: 'left' },
      { head: say('건', 'orders'), align: 'right' },
      { head: say('처음 막힌 값', 'first value'), align: 'right' },
      { head: say('한도', 'limit'), align: 'right' },
    ],
    counts.map(({ code, count, actual, limit }) => [
      denialName(code, terminalLanguage()),
      numberText(count),
      numberText(actual),
      numberText(limit),
    ]),
  );
}

/** And where to look for the reason. */
function nothingTraded({ orders }: BacktestResult): string {
  if (orders.length > 0)
    return say(
      '사고판 적이 없어요. 낸 주문이 하나도 체결되지 않았어요.',
      'Nothing was bought or sold: no order was filled.',
    );
  return say(
    '사고판 적이 없어요. 하루를 골라 --why 005930@2020-03-19처럼 물어보면 왜 안 샀는지 볼 수 있어요.',
    'Nothing was bought or sold. --why 005930@2020-03-19 tells of any day why it did not buy.',
  );
}

function tradeLines(result: BacktestResult, nameOf: (symbol: string) => string): readonly string[] {
  const last = result.trades.slice(-tradesShown);
  if (last.length === 0) return [nothingTraded(result)];
  const rows = last.map((trade) => [
    dayText(trade.date),
    cutText(nameOf(trade.symbol), 12),
    trade.side === 'buy' ? say('매수', 'buy') : say('매도', 'sell'),
    numberText(trade.quantity),
    numberText(trade.price),
    numberText(trade.fee + trade.tax),
    trade.side === 'buy' ? '' : `${trade.profit > 0 ? '+' : ''}${numberText(trade.profit)}`,
    cutText(shortReason(reasonIn(trade.reason, terminalLanguage())), 15),
  ]);
  const heading = say(
    `마지막 체결 ${last.length}건 (모두 ${numberText(result.trades.length)}건)`,
    `the last ${last.length} of ${numberText(result.trades.length)} fills`,
  );
  return [
    heading,
    ...tableLines(
      [
        { head: say('날', 'day'), align: 'left' },
        { head: say('종목', 'stock'), align: 'left' },
        { head: '', align: 'left' },
        { head: say('수량', 'shares'), align: 'right' },
        { head: say('값', 'price'), align: 'right' },
        { head: say('비용', 'costs'), align: 'right' },
        { head: say('손익', 'result'), align: 'right' },
        { head: say('이유', 'why'), align: 'left' },
      ],
      rows,
    ),
  ];
}
