import { coordinate, escapeText } from './markup.ts';
import type { ReportFold, ReportInput } from './report-input.ts';
import { changeClass, changeText, dayText, wholeText } from './report-numbers.ts';
import { validationTexts } from './validation-texts.ts';

/** Shown at once, the newest; the others unfold. */
const rowsShown = 6;
const [width, height] = [328, 64];

/** What the optimum of each stretch made on the days after it: a bar each, and the numbers. */
export function foldCard({ panel, options }: ReportInput): string {
  const folds = options.validation?.folds ?? [];
  if (folds.length === 0) return '';
  const texts = validationTexts[options.language];
  const returns = folds.map(({ outOfSampleReturn }) => outOfSampleReturn);
  const won = wholeText(returns.filter((value) => value > 0).length);
  const [worst, best] = [changeText(Math.min(...returns), 1), changeText(Math.max(...returns), 1)];
  const name = texts.foldsName(wholeText(folds.length), won, worst, best);
  const newest = folds.toReversed();
  const older = newest.slice(rowsShown);
  const more = texts.olderFolds(wholeText(older.length));
  const rest =
    older.length === 0
      ? ''
      : `<details class="more"><summary>${more}</summary>${table(more, panel.foldHead, older)}</details>`;
  return `<section class="card flush" id="folds"><div class="card-head"><h2>${panel.folds}</h2><span class="meta">${panel.foldMeta}</span></div>
<div class="inset"><p class="say gap">${name}</p>${bars(returns, name)}</div>${table(panel.folds, panel.foldHead, newest.slice(0, rowsShown))}${rest}</section>`;
}

function bars(returns: readonly number[], name: string): string {
  const most = Math.max(...returns.map(Math.abs)) || 1;
  const [high, low] = [Math.max(0, ...returns) / most, Math.min(0, ...returns) / most];
  const unit = height / (high - low || 1);
  const zero = high * unit;
  const stride = width / returns.length;
  const shapes = returns.map((value, index) => {
    const tall = (Math.abs(value) / most) * unit;
    const top = value > 0 ? zero - tall : zero;
    const box = `x="${coordinate(index * stride + 0.5)}" y="${coordinate(top)}" width="${coordinate(Math.max(1, Math.min(24, stride - 1)))}" height="${coordinate(tall)}"`;
    return `<rect class="${value > 0 ? 'b-rise' : 'b-fall'}" ${box}/>`;
  });
  return `<svg class="chart gauge" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(name)}">${shapes.join('')}<line class="c-base" x1="0" x2="${width}" y1="${coordinate(zero)}" y2="${coordinate(zero)}"/></svg>`;
}

function table(name: string, heads: readonly string[], folds: readonly ReportFold[]): string {
  const cells = heads.map((head, index) => `<th scope="col"${index === 0 ? '' : ' class="n"'}>${head}</th>`);
  const rows = folds.map(
    ({ from, to, inSampleAnnual, outOfSampleAnnual, outOfSampleReturn }) =>
      `<tr><th scope="row">${dayText(from)}–${dayText(to)}</th>${cell(inSampleAnnual)}${cell(outOfSampleAnnual)}${cell(outOfSampleReturn)}</tr>`,
  );
  return `<div class="scroll-x" tabindex="0" role="group" aria-label="${name}"><table class="tbl tight"><thead><tr>${cells.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function cell(value: number | null): string {
  return `<td class="n ${changeClass(value ?? 0)}">${changeText(value, 1)}</td>`;
}
