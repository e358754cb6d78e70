import type { DatedReturn, Drawdown, MetricGroups, TradeResult } from '../metrics/metric-groups.ts';
import type { BacktestResult } from '../result.ts';
import { costBar } from './cost-bar.ts';
import { escapeText } from './markup.ts';
import type { FigureName } from './panel-texts.ts';
import type { ReportInput } from './report-input.ts';
import { changeText, dayText, figureText, wholeText } from './report-numbers.ts';

type Row = readonly [name: FigureName, value: string, note?: string];

/** Everything counted, in four cards: per day, per trade, against holding, costs. */
export function figureCards(input: ReportInput, groups: MetricGroups): string {
  const { panel } = input;
  const { from, to, days } = groups.perDay;
  const clock = panel.clock(dayText(from, true), dayText(to, true), wholeText(days));
  return [
    card(panel.perDay, days === 0 ? '' : clock, list(input, dayRows(input, groups))),
    card(panel.perTrade, '', list(input, tradeRows(input, groups))),
    groups.againstBenchmark === null ? '' : card(panel.against, '', list(input, benchmarkRows(input, groups))),
    card(panel.costs, '', `${costBar(groups.costs, input.options.language)}${list(input, costRows(input, groups))}`),
  ].join('\n');
}

function card(title: string, says: string, content: string): string {
  const line = says === '' ? '' : `<p class="say gap">${says}</p>`;
  return `<section class="card"><div class="card-head"><h2>${title}</h2></div>${line}${content}</section>`;
}

function list({ panel }: ReportInput, rows: readonly Row[]): string {
  const items = rows.map(([name, value, note = '']) => {
    const below = note === '' ? '' : `<dd class="note">${note}</dd>`;
    return `<dt>${panel.figures[name]}</dt><dd>${value}</dd>${below}`;
  });
  return `<dl class="dl">${items.join('')}</dl>`;
}

function dayRows({ result, panel }: ReportInput, { perDay }: MetricGroups): readonly Row[] {
  const fall = (one: Drawdown | null): string => {
    if (one === null) return '';
    const end = one.recovered === null ? panel.notYet : dayText(one.recovered);
    return panel.fall(dayText(one.peak), end, wholeText(one.days));
  };
  const month = (one: DatedReturn | null): string =>
    one === null ? '' : dayText(one.date * 100 + 1, true).slice(0, 7);
  const day = (one: DatedReturn | null): string => (one === null ? '' : dayText(one.date, true));
  return [
    ['annualReturn', changeText(perDay.annualReturn)],
    ['volatility', percent(perDay.volatility)],
    ['downsideDeviation', percent(perDay.downsideDeviation)],
    ['sharpe', figureText(perDay.sharpe)],
    ['sortino', figureText(perDay.sortino)],
    ['calmar', figureText(perDay.calmar)],
    ['deepest', changeText(perDay.deepest?.depth ?? 0), fall(perDay.deepest)],
    ['longest', panel.daysOf(wholeText(perDay.longest?.days ?? 0)), fall(perDay.longest)],
    ['ulcerIndex', percent(perDay.ulcerIndex)],
    ['bestDay', changeText(perDay.bestDay?.value ?? null), day(perDay.bestDay)],
    ['worstDay', changeText(perDay.worstDay?.value ?? null), day(perDay.worstDay)],
    ['bestMonth', changeText(perDay.bestMonth?.value ?? null), month(perDay.bestMonth)],
    ['worstMonth', changeText(perDay.worstMonth?.value ?? null), month(perDay.worstMonth)],
    ['winningDays', percent(perDay.winningDays, 1)],
    ['exposure', percent(result.metrics.exposure, 1)],
    ['tailRatio', figureText(perDay.tailRatio)],
    ['skew', figureText(perDay.skew)],
    ['kurtosis', figureText(perDay.kurtosis)],
  ];
}

function tradeRows({ result, texts, panel, nameOf }: ReportInput, { perTrade }: MetricGroups): readonly Row[] {
  const won = (value: number | null): string => (value === null ? '–' : `${signed(value)}${texts.won}`);
  const days = (value: number | null): string => (value === null ? '–' : panel.daysOf(figureText(value, 1)));
  const trade = (one: TradeResult | null): string =>
    one === null ? '' : `${escapeText(nameOf(one.symbol))} ${dayText(one.date)} · ${changeText(one.return)}`;
  return [
    [
      'winRate',
      percent(perTrade.winRate, 1),
      `${panel.times(wholeText(perTrade.roundTrips))} · ${wholeText(perTrade.wins)}–${wholeText(perTrade.losses)}`,
    ],
    ['averageWin', won(perTrade.averageWin)],
    ['averageLoss', won(perTrade.averageLoss)],
    ['payoff', figureText(perTrade.payoff)],
    ['profitFactor', figureText(perTrade.profitFactor)],
    ['expectancy', won(perTrade.expectancy), changeText(perTrade.expectancyReturn)],
    ['holding', days(perTrade.averageHoldingDays)],
    ['best', won(perTrade.best?.profit ?? null), trade(perTrade.best)],
    ['worst', won(perTrade.worst?.profit ?? null), trade(perTrade.worst)],
    ['streaks', `${panel.times(wholeText(perTrade.winsInARow))} · ${panel.times(wholeText(perTrade.lossesInARow))}`],
    ['turnover', percent(result.metrics.turnover, 1)],
  ];
}

function benchmarkRows({ texts }: ReportInput, { againstBenchmark: held, perDay }: MetricGroups): readonly Row[] {
  if (held === null) return [];
  return [
    ['totalReturn', changeText(held.totalReturn), texts.since(dayText(perDay.from, true))],
    ['annualReturn', changeText(held.annualReturn)],
    ['volatility', percent(held.volatility)],
    ['deepest', changeText(held.maximumDrawdown)],
    ['alpha', changeText(held.alpha)],
    ['beta', figureText(held.beta)],
    ['correlation', figureText(held.correlation)],
    ['trackingError', percent(held.trackingError)],
    ['informationRatio', figureText(held.informationRatio)],
  ];
}

function costRows({ result, texts, panel }: ReportInput, { costs }: MetricGroups): readonly Row[] {
  const won = (value: number): string => `${wholeText(value)}${texts.won}`;
  return [
    ['fees', won(costs.fees)],
    ['tax', won(costs.tax)],
    ['slippage', costs.slippage === null ? panel.notStated : won(costs.slippage)],
    ['total', won(costs.total)],
    ['shareOfTraded', percent(costs.shareOfTraded, 3)],
    ...(result.dividends === undefined ? [] : [['dividends', won(dividendsOf(result.dividends))] as const]),
  ];
}

function dividendsOf(dividends: NonNullable<BacktestResult['dividends']>): number {
  return dividends.reduce((sum, { gross, tax }) => sum + gross - tax, 0);
}

function percent(value: number | null, digits = 2): string {
  return value === null ? '–' : `${figureText(value * 100, digits)}%`;
}

function signed(value: number): string {
  return value > 0 ? `+${wholeText(value)}` : wholeText(value);
}
