import type { BacktestResult } from '../result.ts';
import { monthReturns } from '../metrics/month-returns.ts';
import { changeClass, changeText } from './report-numbers.ts';
import type { ReportTexts } from './report-texts.ts';

/** From these percentages on a month gets the next tint; five a side (look/README.md §5). */
const tintsFrom = [0.6, 1.2, 2, 3];

/** One row a year, one tinted cell a month; at the end the whole year, and what holding made of it. */
export function monthTable(result: BacktestResult, texts: ReportTexts): string {
  const held = new Map(
    monthReturns(result.benchmark, result.initialCash).map(({ year, wholeYear }) => [year, wholeYear]),
  );
  const rows = monthReturns(result.equity, result.initialCash).map(({ year, months, wholeYear }) => {
    const cells = months.map((month) => monthCell(month, texts)).join('');
    const text = changeText(wholeYear, 1);
    // What is written decides the colour.
    const colour = text === changeText(0, 1) ? 'flat' : changeClass(wholeYear);
    const total = `<td class="hm-year ${colour}">${text}</td>`;
    return `<tr><th scope="row">${year}</th>${cells}${total}<td class="hm-held">${changeText(held.get(year) ?? null, 1)}</td></tr>`;
  });
  const heads = [...texts.monthNames, texts.wholeYear, texts.held].map((head) => `<th scope="col">${head}</th>`);
  return `<div class="scroll-x" tabindex="0" role="group" aria-label="${texts.months}"><table class="heat"><thead><tr><th scope="col"><span class="vh">${texts.year}</span></th>${heads.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function monthCell(month: number | null, texts: ReportTexts): string {
  if (month === null) return `<td><span class="vh">${texts.noValue}</span></td>`;
  const text = changeText(month, 1).replace('%', '');
  if (Number(text.replace('−', '-')) === 0) return `<td class="hm hm-0">0.0</td>`;
  const tint = 1 + tintsFrom.filter((from) => Math.abs(month) * 100 >= from).length;
  return `<td class="hm hm-${month > 0 ? 'r' : 'f'}${tint}">${text}</td>`;
}
