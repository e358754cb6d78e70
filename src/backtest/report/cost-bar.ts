import type { CostMetrics } from '../metrics/metric-groups.ts';
import { chartTexts } from './chart-texts.ts';
import { coordinate, escapeText } from './markup.ts';
import { figureText } from './report-numbers.ts';
import type { ReportLanguage } from './report-texts.ts';

const [width, gap] = [328, 2];

/** Fees, tax and slippage as parts of one bar; empty when trading cost nothing. */
export function costBar({ fees, tax, slippage, total }: CostMetrics, language: ReportLanguage): string {
  if (total <= 0) return '';
  const parts = [fees, tax, slippage ?? 0].map((cost) => cost / total);
  const [one = '', two = '', three = ''] = parts.map((part) => `${figureText(part * 100, 0)}%`);
  let from = 0;
  const shapes = parts.map((part, index) => {
    const box = `x="${coordinate(from)}" width="${coordinate(Math.max(0, part * width - gap))}"`;
    from += part * width;
    return part === 0 ? '' : `<rect class="g${index + 1}" y="0" height="8" rx="2" ${box}/>`;
  });
  return `<svg class="chart gauge" viewBox="0 0 ${width} 8" role="img" aria-label="${escapeText(chartTexts[language].costsName(one, two, three))}">${shapes.join('')}</svg>`;
}
