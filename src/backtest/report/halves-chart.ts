import { coordinate, escapeText } from './markup.ts';
import { figureText, wholeText } from './report-numbers.ts';
import type { ReportLanguage } from './report-texts.ts';
import { validationTexts } from './validation-texts.ts';

const [width, height, bottom] = [328, 92, 68];

/**
 * How the choice of one half of the days ranked in the other, over all ways of halving (CSCV): bars left of the middle are
 * choices that came out below the median there.
 *
 * @param histogram an even number of equal bins of the logit of the rank, lowest first
 */
export function halvesChart(histogram: readonly number[], language: ReportLanguage): string {
  const texts = validationTexts[language];
  const all = histogram.reduce((sum, count) => sum + count, 0);
  const middle = histogram.length / 2;
  const below = histogram.slice(0, middle).reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...histogram);
  const stride = width / histogram.length;
  const bars = histogram.map((count, index) => {
    const tall = (count / most) * (bottom - 4);
    const box = `x="${coordinate(index * stride + 1)}" y="${coordinate(bottom - tall)}" width="${coordinate(stride - 2)}" height="${coordinate(tall)}"`;
    return `<rect class="${index < middle ? 'g3' : 'g1'}" ${box}/>`;
  });
  const name = texts.halvesName(wholeText(all), `${figureText((below / Math.max(1, all)) * 100, 0)}%`);
  return `<svg class="chart gauge" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(name)}">${bars.join('')}
<line class="c-base" x1="0" x2="${width}" y1="${bottom + 0.5}" y2="${bottom + 0.5}"/><line class="c-base" x1="${width / 2}" x2="${width / 2}" y1="0" y2="${bottom}"/>
<text x="0" y="${bottom + 18}">${texts.halves[0]}</text><text x="${width}" y="${bottom + 18}" text-anchor="end">${texts.halves[1]}</text></svg>`;
}
