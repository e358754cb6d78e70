import { recordFrom } from '../metrics/daily-returns.ts';
import { drawdownsOf, fallsOf } from '../metrics/drawdowns.ts';
import { chartTexts } from './chart-texts.ts';
import type { ReportInput } from './report-input.ts';
import { changeText, dayText, wholeText } from './report-numbers.ts';

const rowsMax = 5;

/** The five deepest falls, each from its peak to the day it was back, deepest first. */
export function fallTable({ result, panel, options }: ReportInput): string {
  const texts = chartTexts[options.language];
  const record = recordFrom(result.initialCash, result.equity, result.tradableFrom ?? 0);
  const deepest = drawdownsOf(record, fallsOf(record))
    .toSorted((one, other) => one.depth - other.depth)
    .slice(0, rowsMax);
  if (deepest.length === 0) return `<p class="say">${texts.noFalls}</p>`;
  const heads = texts.fallHead.map((head, index) => `<th scope="col"${index < 3 ? '' : ' class="n"'}>${head}</th>`);
  const rows = deepest.map(({ peak, trough, recovered, depth, days }) => {
    const dates = [dayText(peak), dayText(trough), recovered === null ? panel.notYet : dayText(recovered)];
    const cells = dates.map((text) => `<td>${text}</td>`).join('');
    return `<tr>${cells}<td class="n">${changeText(depth)}</td><td class="n">${wholeText(days)}</td></tr>`;
  });
  return `<div class="scroll-x" tabindex="0" role="group" aria-label="${texts.falls}"><table class="tbl"><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
