import type { BacktestResult } from '../result.ts';
import { denialName } from './denial-names.ts';
import { escapeText } from './markup.ts';
import { wholeText } from './report-numbers.ts';
import type { ReportLanguage, ReportTexts } from './report-texts.ts';

/** Refusals of one rule, with the numbers of the first. */
export interface DenialCount {
  readonly code: string;
  readonly count: number;
  readonly actual: number;
  readonly limit: number;
}

/** What the guard refused, by rule, most often first. An order refused by two rules counts for both. */
export function denialCounts(result: BacktestResult): readonly DenialCount[] {
  const counts = new Map<string, DenialCount>();
  for (const { code, actual, limit } of result.orders.flatMap((order) => order.denials)) {
    const before = counts.get(code);
    counts.set(code, before === undefined ? { code, count: 1, actual, limit } : { ...before, count: before.count + 1 });
  }
  return [...counts.values()].toSorted((left, right) => right.count - left.count || (left.code < right.code ? -1 : 1));
}

/** The card that says what the guard refused, with both numbers. */
export function deniedOrders(result: BacktestResult, texts: ReportTexts, language: ReportLanguage): string {
  const { deniedOrders: count } = result.metrics;
  if (count === 0) return `<p class="say">${texts.noneDenied}</p>`;
  const lines = denialCounts(result).map(({ code, count: each, actual, limit }) => {
    const text = texts.deniedLine(denialName(code, language), each, wholeText(actual), wholeText(limit));
    return `<li>${escapeText(text)}</li>`;
  });
  return `<p class="say"><b>${texts.denied(count)}</b></p><ul class="lines">${lines.join('')}</ul>`;
}
