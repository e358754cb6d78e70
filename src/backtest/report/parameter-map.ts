import { escapeText } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { figureText } from './report-numbers.ts';
import { validationTexts, type ValidationTexts } from './validation-texts.ts';

/** Cells of the table at most, so that a grid of thousands makes no page of thousands of cells. */
const cellsMax = 1_200;
/** From these shares of the best score on a cell gets the next tint; five a side. */
const tintsFrom = [0.2, 0.4, 0.6, 0.8];

/** Scores of the grid around the optimum as a tinted table; empty without two axes, or of a grid too large to be read. */
export function parameterMap({ options }: ReportInput): string {
  const map = options.validation?.heatMap;
  if (map === undefined || map.x.values.length * map.y.values.length > cellsMax) return '';
  const texts = validationTexts[options.language];
  const most = Math.max(...map.scores.flat().map((score) => Math.abs(score ?? 0)));
  const heads = map.x.values.map((value) => `<th scope="col">${value}</th>`);
  const rows = map.scores.map((row, y) => {
    const cells = row.map((score, x) =>
      cell(score, most, { isOptimum: x === map.optimum.x && y === map.optimum.y, texts }),
    );
    return `<tr><th scope="row">${map.y.values[y] ?? ''}</th>${cells.join('')}</tr>`;
  });
  const meta = texts.mapMeta(escapeText(map.x.name), escapeText(map.y.name));
  return `<section class="card flush" id="grid"><div class="card-head"><h2>${texts.map}</h2><span class="meta">${meta}</span></div>
<div class="scroll-x" tabindex="0" role="group" aria-label="${texts.map}"><table class="heat grid"><thead><tr><th scope="col"><span class="vh">${escapeText(map.y.name)}</span></th>${heads.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div><p class="say">${texts.mapSays}</p></section>`;
}

function cell(
  score: number | null,
  most: number,
  { isOptimum, texts }: { readonly isOptimum: boolean; readonly texts: ValidationTexts },
): string {
  if (score === null) return `<td><span class="vh">${texts.notRun}</span></td>`;
  const text = figureText(score);
  const tint = 1 + tintsFrom.filter((from) => Math.abs(score) >= from * most).length;
  const colour = Number(text.replace('−', '-')) === 0 ? 'hm-0' : `hm-${score > 0 ? 'r' : 'f'}${tint}`;
  const note = isOptimum ? `<span class="vh"> ${texts.optimum}</span>` : '';
  return `<td class="hm ${colour}${isOptimum ? ' chosen' : ''}">${text}${note}</td>`;
}
