import type { BacktestResult } from '../result.ts';
import { denialName } from './denial-names.ts';
import { escapeText } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { dayText, wholeText } from './report-numbers.ts';

/** Rows of the table behind the counts; the JSON has every order. */
const rowsMax = 200;

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

/** What the guard refused: a line a rule, and behind it every order with both numbers. */
export function deniedOrders({ result, texts, panel, options, nameOf }: ReportInput): string {
  const { deniedOrders: count } = result.metrics;
  if (count === 0) return `<p class="say">${texts.noneDenied}</p>`;
  const lines = denialCounts(result).map(({ code, count: each, actual, limit }) => {
    // What is missing has no number of its own.
    const isKnown = Number.isFinite(actual) && Number.isFinite(limit) && code !== 'input-missing';
    const numbers = isKnown ? { actual: wholeText(actual), limit: wholeText(limit) } : null;
    const text = texts.deniedLine(denialName(code, options.language), each, numbers);
    return `<li>${escapeText(text)}</li>`;
  });
  const rows = result.orders
    .flatMap((order) => order.denials.map((denial) => ({ order, denial })))
    .map(({ order, denial }) => {
      const rule = escapeText(denialName(denial.code, options.language));
      const words = [dayText(order.date), escapeText(nameOf(order.symbol)), panel.sides[order.side], rule];
      const numbers = [denial.actual, denial.limit].map((value) => `<td class="n">${wholeText(value)}</td>`);
      return `<tr>${words.map((word) => `<td>${word}</td>`).join('')}${numbers.join('')}</tr>`;
    });
  const heads = panel.deniedHead.map((head, index) => `<th scope="col"${index < 4 ? '' : ' class="n"'}>${head}</th>`);
  const left = rows.length - rowsMax;
  const more = left > 0 ? `<p class="say">${panel.deniedLeftOut(wholeText(left))}</p>` : '';
  return `<p class="say"><b>${texts.denied(count)}</b></p><ul class="lines">${lines.join('')}</ul>
<details class="more"><summary>${panel.deniedAll(wholeText(count))}</summary><div class="scroll-x" tabindex="0" role="group" aria-label="${texts.guardHead}"><table class="tbl"><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.slice(0, rowsMax).join('\n')}</tbody></table></div>${more}</details>`;
}
