import { metricGroupsOf } from '../full-metrics.ts';
import type { MetricGroups } from '../metric-groups.ts';
import type { BacktestResult } from '../result.ts';
import { candleCard, virtual } from './candle-card.ts';
import { atBothSizes } from './chart-size.ts';
import { deniedOrders } from './denied-orders.ts';
import { distributionChart } from './distribution-chart.ts';
import { equityChart } from './equity-chart.ts';
import { figureCards } from './figure-cards.ts';
import { headline } from './headline.ts';
import { howCounted } from './how-counted.ts';
import { escapeText } from './markup.ts';
import { minuteCard } from './minute-card.ts';
import { minuteDaysOf } from './minute-days.ts';
import { monthTable } from './month-table.ts';
import { panelTexts } from './panel-texts.ts';
import { reportData } from './report-data.ts';
import type { ReportInput, ReportOptions } from './report-input.ts';
import { dayText, wholeText } from './report-numbers.ts';
import { withinBounds } from './report-bounds.ts';
import { reportScript, reportScriptHash } from './report-script.ts';
import { reportStyle } from './report-style.ts';
import { reportTexts } from './report-texts.ts';
import { rollingCharts, rollingWindow } from './rolling-charts.ts';
import { tradeTable } from './trade-table.ts';
import { validationCards } from './validation-cards.ts';
import { whyCard } from './why-card.ts';

/**
 * A backtest as one HTML page that needs nothing else: no outside asset, light and dark by the reader's scheme or the
 * switch, printable on A4. All of it is markup and SVG; one constant script adds the window over the candles and the
 * reasons of any day, and the page's own Content-Security-Policy lets nothing but that script run and nothing be fetched.
 * There is no `style` attribute and no handler in the markup.
 */
export function renderReport(result: BacktestResult, options: ReportOptions): string {
  const texts = reportTexts[options.language];
  const nameOf = (symbol: string): string => options.names.get(symbol) || symbol;
  const input: ReportInput = {
    result,
    options: withinBounds(result, options),
    minutes: minuteDaysOf(result, options.series ?? []),
    texts,
    panel: panelTexts[options.language],
    nameOf,
  };
  const names = result.symbols.map((symbol) => nameOf(symbol));
  const subject = names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} +${names.length - 3}`;
  const range = `${dayText(result.from, true)}–${dayText(result.to, true)}`;
  return `<!doctype html>
<html lang="${options.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${reportScriptHash}'; base-uri 'none'; form-action 'none'">
<title>${escapeText(`${result.strategy} · ${subject} · ${texts.title}`)}</title><style>${reportStyle}</style></head>
<body><main>
<div class="head"><h1>${texts.title}</h1><p class="meta">${escapeText(result.strategy)} · ${escapeText(subject)} · ${range}</p><button type="button" id="scheme" class="end" aria-pressed="false" hidden>${input.panel.scheme}</button></div>
${headline(input, subject)}
${panels(input, groupsOf(result))}
</main>
<script type="application/json" id="report-data">${reportData(input)}</script>
<script>${reportScript}</script></body></html>
`;
}

/** A result of an earlier version has no groups yet; they follow from its record. */
function groupsOf(result: BacktestResult): MetricGroups {
  const { metrics, tradableFrom } = result;
  const counted = metricGroupsOf({
    ...result,
    ...metrics,
    daysHeld: 0,
    ...(tradableFrom === undefined ? {} : { tradableFrom }),
  });
  const { perDay, perTrade, costs, againstBenchmark } = metrics;
  return {
    perDay: perDay ?? counted.perDay,
    perTrade: perTrade ?? counted.perTrade,
    costs: costs ?? counted.costs,
    againstBenchmark: againstBenchmark ?? counted.againstBenchmark,
  };
}

function panels(input: ReportInput, groups: MetricGroups): string {
  const { result, texts, panel, nameOf } = input;
  return `<div class="two"><div class="stack">
<section class="card"><div class="card-head"><h2>${texts.equity}</h2><p class="legend"><span class="lg lg-mine">${texts.strategy}</span><span class="lg">${texts.held}</span></p>${virtual(input)}<span class="end">${texts.startCash} ${wholeText(result.initialCash)}${texts.won}</span></div>
${atBothSizes((size) => equityChart(result, texts, size))}</section>
<section class="card flush"><div class="card-head"><h2>${texts.months}</h2><span class="meta">%</span></div>${monthTable(result, texts)}</section>
${candleCard(input)}
${minuteCard(input)}
<section class="card flush"><div class="card-head"><h2>${texts.trades}</h2><span class="meta">${texts.tradeCount(result.metrics.roundTrips)}</span></div>${tradeTable(result, texts, nameOf)}</section>
${result.metrics.roundTrips === 0 ? '' : `<section class="card"><div class="card-head"><h2>${panel.results}</h2></div>${distributionChart(input)}</section>`}
<section class="card"><div class="card-head"><h2>${panel.rolling}</h2><span class="meta">${panel.rollingMeta(rollingWindow)}</span>${virtual(input)}</div>${rollingCharts(input)}</section>
</div><div class="stack">
${validationCards(input)}
${whyCard(input)}
<section class="card"><div class="card-head"><h2>${texts.guardHead}</h2></div>${deniedOrders(input)}</section>
${figureCards(input, groups)}
<section class="card"><div class="card-head"><h2>${texts.how}</h2></div><ul class="lines">${howCounted(
    result,
    input.options.language,
  )
    .map((line) => `<li>${line}</li>`)
    .join('')}</ul>
<p class="hash">${texts.decisions} ${escapeText(result.decisionLogSha256)}</p></section>
</div></div>`;
}
