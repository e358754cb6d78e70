import { foldCard } from './fold-card.ts';
import { gateCard } from './gate-card.ts';
import { halvesChart } from './halves-chart.ts';
import { coordinate, escapeText } from './markup.ts';
import type { ReportInput, ReportValidation } from './report-input.ts';
import { changeClass, changeText, figureText, wholeText } from './report-numbers.ts';

/** Where low ends and moderate ends, in percent: below a fifth and from a half on, as the console has it. */
const levels = [20, 50] as const;

/** What the tests of the optimum said, each card only where its test was run. */
export function validationCards(input: ReportInput): string {
  const { validation } = input.options;
  if (validation === undefined) return '';
  return [gateCard(input), overfitCard(input, validation), foldCard(input), historyCard(input, validation)].join('\n');
}

function overfitCard({ panel, options }: ReportInput, validation: ReportValidation): string {
  const { overfitProbability: probability, belowMiddle, deflatedSharpe, efficiency, neighbours } = validation;
  if (probability === undefined) return '';
  const percent = Math.round(probability * 100);
  const place = levels.filter((border) => percent >= border).length;
  const level = panel.overfitLevels[place] ?? panel.overfitLevels[2];
  const rows: (readonly [string, string])[] = [];
  if (belowMiddle !== undefined) rows.push([panel.belowMiddle, `${figureText(belowMiddle * 100, 0)}%`]);
  if (deflatedSharpe !== undefined) rows.push([panel.deflated, `${figureText(deflatedSharpe * 100, 0)}%`]);
  if (efficiency !== undefined)
    rows.push([panel.kept, efficiency === null ? '–' : `${figureText(efficiency * 100, 0)}%`]);
  if (neighbours !== undefined) {
    rows.push([panel.neighbours, panel.neighboursOf(wholeText(neighbours.profitable), wholeText(neighbours.all))]);
  }
  const { halves: histogram } = validation;
  const halves = histogram === undefined ? '' : halvesChart(histogram, options.language);
  const list = rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('');
  return `<section class="card"><div class="card-head"><h2>${panel.overfit}</h2><b class="end big">${percent}%</b></div>
${gauge(percent, panel.overfitName(`${percent}%`, level), panel.overfitLevels)}
<p class="say gap">${panel.overfitSays(wholeText(validation.trials), level)}</p>${halves}<dl class="dl">${list}</dl></section>`;
}

function gauge(percent: number, name: string, words: readonly string[]): string {
  const width = 328;
  const edges = [0, ...levels, 100].map((edge) => (edge / 100) * width);
  const parts = words.map((word, index) => {
    const [from = 0, to = width] = [edges[index], edges[index + 1]];
    const shape = `<rect class="g${index + 1}" x="${coordinate(from)}" y="14" width="${coordinate(to - from - 2)}" height="8" rx="2"/>`;
    return `${shape}<text x="${coordinate(from)}" y="40">${word}</text>`;
  });
  const now = coordinate(Math.min(width - 5, Math.max(5, (percent / 100) * width)));
  return `<svg class="chart gauge" viewBox="0 0 ${width} 44" role="img" aria-label="${escapeText(name)}">${parts.join('')}
<line class="g-now" x1="${now}" x2="${now}" y1="8" y2="28"/><circle class="g-now" cx="${now}" cy="8" r="3"/></svg>`;
}

function historyCard({ panel }: ReportInput, { histories }: ReportValidation): string {
  if (histories === undefined) return '';
  const rows = panel.historyRows.map(
    (row, index) =>
      `<tr><th scope="row">${row}</th>${cell(histories.returns[index] ?? null)}${cell(histories.drawdowns[index] ?? null)}</tr>`,
  );
  return tableCard(panel.histories, panel.historiesMeta(wholeText(histories.runs)), panel.historyHead, rows);
}

function tableCard(title: string, meta: string, heads: readonly string[], rows: readonly string[]): string {
  const cells = heads.map((head, index) =>
    head === '' ? '<td></td>' : `<th scope="col"${index === 0 ? '' : ' class="n"'}>${head}</th>`,
  );
  return `<section class="card flush"><div class="card-head"><h2>${title}</h2><span class="meta">${meta}</span></div>
<div class="scroll-x" tabindex="0" role="group" aria-label="${title}"><table class="tbl tight"><thead><tr>${cells.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div></section>`;
}

function cell(value: number | null): string {
  return `<td class="n ${changeClass(value ?? 0)}">${changeText(value, 1)}</td>`;
}
