import { metricGroupsOf } from '../metrics/full-metrics.ts';
import type { MetricGroups } from '../metrics/metric-groups.ts';
import type { BacktestResult } from '../result.ts';
import { candleCard, virtual } from './candle-card.ts';
import { chartTexts } from './chart-texts.ts';
import { deniedOrders } from './denied-orders.ts';
import { distributionChart } from './distribution-chart.ts';
import { equityCard } from './equity-card.ts';
import { fanCard } from './fan-chart.ts';
import { fallTable } from './fall-table.ts';
import { figureCards } from './figure-cards.ts';
import { headline } from './headline.ts';
import { howCounted } from './how-counted.ts';
import { escapeText } from './markup.ts';
import { minuteCard } from './minute-card.ts';
import { minuteDaysOf } from './minute-days.ts';
import { monthTable } from './month-table.ts';
import { parameterMap } from './parameter-map.ts';
import { panelTexts } from './panel-texts.ts';
import { reportData } from './report-data.ts';
import type { ReportInput, ReportOptions } from './report-input.ts';
import { dayText } from './report-numbers.ts';
import { withinBounds } from './report-bounds.ts';
import { reportScript, reportScriptHash } from './report-script.ts';
import { reportStyle } from './report-style.ts';
import { reportTexts } from './report-texts.ts';
import { investedChart, rollingCharts, rollingWindow } from './rolling-charts.ts';
import { stockTable } from './stock-table.ts';
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
  const subject = names.length <= 3 ? names.join(', ') : texts.andMore(names.slice(0, 3).join(', '), names.length - 3);
  const range = `${dayText(result.from, true)}–${dayText(result.to, true)}`;
  return `<!doctype html>
<html lang="${options.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${reportScriptHash}'; base-uri 'none'; form-action 'none'">
<title>${escapeText(`${result.strategy} · ${subject} · ${texts.title}`)}</title><style>${reportStyle}</style></head>
<body><main>
<div class="head"><h1>${texts.title}</h1><p class="meta">${escapeText(result.strategy)} · ${escapeText(subject)} · <span class="one-line">${range}</span></p><button type="button" id="scheme" aria-pressed="false" hidden>${input.panel.scheme}</button></div>
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
  return `<div class="two"><div class="stack">
${recordCards(input)}
</div><div class="stack">
${[validationCards(input), whyCard(input), guardCard(input)].join('\n')}
${input.result.trades.length === 0 ? '' : figureCards(input, groups)}
${howCard(input)}
</div></div>`;
}

/** What an empty run has no use for is left out, and what to do about it comes before the candles. */
function recordCards(input: ReportInput): string {
  const { result, texts, panel, options } = input;
  const own = chartTexts[options.language];
  const trades = tableCard(texts.trades, texts.tradeCount(result.metrics.roundTrips), tradeTable(input));
  if (result.trades.length === 0) return [equityCard(input), trades, candleCard(input), minuteCard(input)].join('\n');
  const hasTrips = result.metrics.roundTrips > 0;
  const invested = investedChart(input);
  return [
    equityCard(input),
    fanCard(input),
    parameterMap(input),
    tableCard(texts.months, '%', monthTable(result, texts)),
    tableCard(own.falls, '', fallTable(input)),
    candleCard(input),
    minuteCard(input),
    trades,
    hasTrips && result.symbols.length > 1 ? tableCard(own.stocks, '', stockTable(input)) : '',
    hasTrips ? card(panel.results, '', distributionChart(input)) : '',
    invested === ''
      ? ''
      : card(own.invested, `<span class="meta">${own.investedMeta}</span>${virtual(input)}`, invested),
    card(
      panel.rolling,
      `<span class="meta">${panel.rollingMeta(rollingWindow)}</span>${virtual(input)}`,
      rollingCharts(input),
    ),
  ].join('\n');
}

function card(title: string, beside: string, content: string): string {
  return `<section class="card"><div class="card-head"><h2>${title}</h2>${beside}</div>${content}</section>`;
}

function tableCard(title: string, meta: string, content: string): string {
  const beside = meta === '' ? '' : `<span class="meta">${meta}</span>`;
  return `<section class="card flush"><div class="card-head"><h2>${title}</h2>${beside}</div>${content}</section>`;
}

function guardCard(input: ReportInput): string {
  return card(input.texts.guardHead, '', deniedOrders(input));
}

function howCard({ result, texts, options }: ReportInput): string {
  const remarks = options.remark === undefined ? [] : [`<b>${escapeText(options.remark)}</b>`];
  const lines = [...remarks, ...howCounted(result, options.language)].map((line) => `<li>${line}</li>`);
  const hash = `<p class="hash">${texts.decisions} ${escapeText(result.decisionLogSha256)}</p>`;
  return card(texts.how, '', `<ul class="lines">${lines.join('')}</ul>\n${hash}`);
}
