import { roundTripsOf } from '../metrics/round-trips.ts';
import { chartTexts } from './chart-texts.ts';
import { escapeText } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { changeClass, figureText, wholeText } from './report-numbers.ts';

/** Rows at most: those that moved the result most. */
const rowsMax = 20;

interface StockResult {
  readonly symbol: string;
  trades: number;
  wins: number;
  profit: number;
}

/** What closed trades of each instrument came to, the largest amounts first, whatever their sign. */
export function stockTable({ result, options, nameOf }: ReportInput): string {
  const texts = chartTexts[options.language];
  const stocks = new Map<string, StockResult>();
  for (const { symbol, profit } of roundTripsOf(result.trades, result.splits)) {
    const own = stocks.get(symbol) ?? { symbol, trades: 0, wins: 0, profit: 0 };
    stocks.set(symbol, own);
    own.trades += 1;
    own.wins += profit > 0 ? 1 : 0;
    own.profit += profit;
  }
  const sorted = [...stocks.values()].toSorted((one, other) => Math.abs(other.profit) - Math.abs(one.profit));
  const heads = texts.stockHead.map((head, index) => `<th scope="col"${index === 0 ? '' : ' class="n"'}>${head}</th>`);
  const rows = sorted.slice(0, rowsMax).map((stock) => row(escapeText(nameOf(stock.symbol)), stock));
  return `<div class="scroll-x" tabindex="0" role="group" aria-label="${texts.stocks}"><table class="tbl"><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function row(name: string, { trades, wins, profit }: StockResult): string {
  const rate = `${figureText((wins / trades) * 100, 0)}%`;
  const sign = profit > 0 ? '+' : '';
  return `<tr><td class="name">${name}</td><td class="n">${wholeText(trades)}</td><td class="n">${rate}</td><td class="n ${changeClass(profit)}">${sign}${wholeText(profit)}</td></tr>`;
}
