import { roundTripsOf } from '../metrics/round-trips.ts';
import { escapeText } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { changeClass, changeText, figureText, wholeText } from './report-numbers.ts';

/** Return after costs, what holding would have made, and the five figures beside them. */
export function headline({ result, texts }: ReportInput, subject: string): string {
  const { metrics } = result;
  const trips = roundTripsOf(result.trades, result.splits);
  const wins = trips.filter((trip) => trip.profit > 0).length;
  const winRate = metrics.winRate === null ? '–' : `${figureText(metrics.winRate * 100, 0)}%`;
  const costs = metrics.costs?.total ?? metrics.fees + metrics.tax;
  const stats = [
    stat(texts.annual, '', changeText(metrics.annualReturn)),
    stat(texts.drawdown, '', changeText(metrics.maximumDrawdown)),
    stat(texts.sharpe, texts.sharpeNote, figureText(metrics.sharpe)),
    stat(texts.wins, '', `${winRate} <small>${texts.winsNote(wins, trips.length)}</small>`),
    stat(texts.costs, texts.costsNote, `${wholeText(costs)}<small>${texts.won}</small>`),
  ];
  const held =
    metrics.benchmarkReturn === null
      ? ''
      : texts.ifHeld(escapeText(subject), result.symbols.length, changeText(metrics.benchmarkReturn));
  return `<section class="hero"><div><h2 class="hero-label">${texts.headline}</h2><p class="hero-number ${changeClass(metrics.totalReturn)}">${changeText(metrics.totalReturn)}</p><p class="hero-line">${held}</p></div>
<dl class="stats">${stats.join('')}</dl></section>`;
}

function stat(name: string, note: string, value: string): string {
  return `<div><dt>${name}${note === '' ? '' : ` <small>${note}</small>`}</dt><dd>${value}</dd></div>`;
}
