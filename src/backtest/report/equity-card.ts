import { atBothSizes } from './chart-size.ts';
import { chartTexts } from './chart-texts.ts';
import { virtual } from './candle-card.ts';
import { equityChart, returnExtent } from './equity-chart.ts';
import { growthScale } from './growth-scale.ts';
import type { ReportInput } from './report-input.ts';
import { wholeText } from './report-numbers.ts';

/** Equity and falls; the script says the values of the day that is pointed at. */
export function equityCard(input: ReportInput): string {
  const { result, texts, options } = input;
  const own = chartTexts[options.language];
  const { isLog } = growthScale(returnExtent(result), 0, 1);
  const scale = isLog ? `<span class="meta">${own.logScale}</span>` : '';
  return `<section class="card" id="equity-card"><div class="card-head"><h2>${texts.equity}</h2><p class="legend"><span class="lg lg-mine">${texts.strategy}</span><span class="lg">${texts.held}</span></p>${scale}${virtual(input)}<span class="end">${texts.startCash} ${wholeText(result.initialCash)}${texts.won}</span></div>
<div id="equity" tabindex="0" role="group" aria-label="${texts.equity}">${atBothSizes((size) => equityChart(result, texts, size))}</div>
<p class="say" id="equity-day" aria-live="polite" data-needs-script hidden>${own.equityHelp}</p></section>`;
}
