import type { BacktestResult } from '../result.ts';
import { roundTripsOf } from '../round-trips.ts';
import { deniedOrders } from './denied-orders.ts';
import { equityChart } from './equity-chart.ts';
import { escapeText } from './markup.ts';
import { monthTable } from './month-table.ts';
import { changeClass, changeText, dayText, figureText, wholeText } from './report-numbers.ts';
import { reportStyle } from './report-style.ts';
import { reportTexts, type ReportLanguage, type ReportTexts } from './report-texts.ts';
import { tradeTable } from './trade-table.ts';

/**
 * A backtest as one HTML page that needs nothing else: no script, no outside asset, light and dark by the reader's scheme,
 * printable. Its style stands in one `<style>` element and there is no `style` attribute, so whoever serves it allows
 * inline style for this page alone.
 *
 * @param options.names Korean names by listing code; a code without one is shown as it is
 */
export function renderReport(
  result: BacktestResult,
  options: { readonly language: ReportLanguage; readonly names: ReadonlyMap<string, string> },
): string {
  const texts = reportTexts[options.language];
  const nameOf = (symbol: string) => options.names.get(symbol) || symbol;
  const subject = result.symbols.map((symbol) => nameOf(symbol));
  const shown = subject.length <= 3 ? subject.join(', ') : `${subject.slice(0, 3).join(', ')} +${subject.length - 3}`;
  const range = `${dayText(result.from, true)}–${dayText(result.to, true)}`;
  return `<!doctype html>
<html lang="${options.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(`${result.strategy} · ${shown} · ${texts.title}`)}</title><style>${reportStyle}</style></head>
<body><main>
<div class="head"><h1>${texts.title}</h1><p class="meta">${escapeText(result.strategy)} · ${escapeText(shown)} · ${range}</p></div>
${hero(result, texts, shown)}
<div class="two"><div class="stack">
<section class="card"><div class="card-head"><h2>${texts.equity}</h2><p class="legend"><span class="lg lg-mine">${texts.strategy}</span><span class="lg">${texts.held}</span></p><span class="end">${texts.startCash} ${wholeText(result.initialCash)}${texts.won}</span></div>
<div class="scroll-x" tabindex="0" role="group" aria-label="${texts.equity}">${equityChart(result, texts)}</div></section>
<section class="card flush"><div class="card-head"><h2>${texts.months}</h2><span class="meta">%</span></div>${monthTable(result, texts)}</section>
<section class="card flush"><div class="card-head"><h2>${texts.trades}</h2><span class="meta">${texts.tradeCount(result.metrics.roundTrips)}</span></div>${tradeTable(result, texts, nameOf)}</section>
</div><div class="stack">
<section class="card"><div class="card-head"><h2>${texts.guardHead}</h2></div>${deniedOrders(result, texts, options.language)}</section>
<section class="card"><div class="card-head"><h2>${texts.figures}</h2></div>${figures(result, texts)}</section>
<section class="card"><div class="card-head"><h2>${texts.how}</h2></div><ul class="lines">${texts.howLines.map((line) => `<li>${line}</li>`).join('')}</ul>
<p class="hash">${texts.decisions} ${escapeText(result.decisionLogSha256)}</p></section>
</div></div>
</main></body></html>
`;
}

function hero(result: BacktestResult, texts: ReportTexts, subject: string): string {
  const { metrics } = result;
  const trips = roundTripsOf(result.trades);
  const wins = trips.filter((trip) => trip.profit > 0).length;
  const winRate = metrics.winRate === null ? '–' : `${figureText(metrics.winRate * 100, 0)}%`;
  const costs = `${wholeText(metrics.fees + metrics.tax)}<small>${texts.won}</small>`;
  const stats = [
    stat(texts.annual, '', changeText(metrics.annualReturn)),
    stat(texts.drawdown, '', changeText(metrics.maximumDrawdown)),
    stat(texts.sharpe, texts.sharpeNote, figureText(metrics.sharpe)),
    stat(texts.wins, '', `${winRate} <small>${texts.winsNote(wins, trips.length)}</small>`),
    stat(texts.costs, texts.costsNote, costs),
  ];
  const held = texts.ifHeld(escapeText(subject), changeText(metrics.benchmarkReturn));
  return `<section class="hero"><div><h2 class="hero-label">${texts.headline}</h2><p class="hero-number ${changeClass(metrics.totalReturn)}">${changeText(metrics.totalReturn)}</p><p class="hero-line">${held}</p></div>
<dl class="stats">${stats.join('')}</dl></section>`;
}

function stat(name: string, note: string, value: string): string {
  return `<div><dt>${name}${note === '' ? '' : ` <small>${note}</small>`}</dt><dd>${value}</dd></div>`;
}

function figures(result: BacktestResult, texts: ReportTexts): string {
  const { metrics } = result;
  const names = texts.figureNames;
  const rows: readonly (readonly [string, string])[] = [
    [names.finalValue, `${wholeText(metrics.finalValue)}${texts.won}`],
    [names.fees, `${wholeText(metrics.fees)}${texts.won}`],
    [names.tax, `${wholeText(metrics.tax)}${texts.won}`],
    [names.profitFactor, figureText(metrics.profitFactor)],
    [names.volatility, metrics.volatility === null ? '–' : `${figureText(metrics.volatility * 100)}%`],
    [names.exposure, `${figureText(metrics.exposure * 100, 1)}%`],
    [names.turnover, `${figureText(metrics.turnover * 100, 1)}%`],
  ];
  return `<dl class="dl">${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`;
}
