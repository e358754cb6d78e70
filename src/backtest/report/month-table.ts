import type { BacktestResult } from '../result.ts';
import { monthReturns } from '../month-returns.ts';
import { changeClass, changeText } from './report-numbers.ts';
import type { ReportTexts } from './report-texts.ts';

/** From these percentages on a month gets the next tint; five a side (look/README.md §5). */
const tintsFrom = [0.6, 1.2, 2, 3];

/** One row a year, one tinted cell a month, the whole year at the end. */
export function monthTable(result: BacktestResult, texts: ReportTexts): string {
  const rows = monthReturns(result.equity, result.initialCash).map(({ year, months, wholeYear }) => {
    const cells = months.map((month) => monthCell(month, texts)).join('');
    const total = `<td class="hm-year ${changeClass(wholeYear)}">${changeText(wholeYear, 1)}</td>`;
    return `<tr><th scope="row">${year}</th>${cells}${total}</tr>`;
  });
  const heads = texts.monthNames.map((month) => `<th scope="col">${month}</th>`).join('');
  return `<div class="scroll-x" tabindex="0" role="group" aria-label="${texts.months}"><table class="heat"><thead><tr><th scope="col"><span class="vh">${texts.year}</span></th>${heads}<th scope="col">${texts.wholeYear}</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function monthCell(month: number | null, texts: ReportTexts): string {
  if (month === null) return `<td><span class="vh">${texts.noValue}</span></td>`;
  const text = changeText(month, 1).replace('%', '');
  if (Number(text.replace('−', '-')) === 0) return `<td class="hm hm-0">0.0</td>`;
  const tint = 1 + tintsFrom.filter((from) => Math.abs(month) * 100 >= from).length;
  return `<td class="hm hm-${month > 0 ? 'r' : 'f'}${tint}">${text}</td>`;
}
