import { promotionNumber } from '../validation/promotion-gate.ts';
import { promotionThresholds } from '../validation/promotion-thresholds.ts';
import { escapeText } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { wholeText } from './report-numbers.ts';
import { validationTexts } from './validation-texts.ts';

/** Every line of the gate to paper with both numbers, and what follows from them; empty when it was not asked. */
export function gateCard({ options }: ReportInput): string {
  const gate = options.validation?.gate;
  if (gate === undefined) return '';
  const texts = validationTexts[options.language];
  const lines = gate.lines.map(({ id, relation, value, limit, passed }) => {
    const name = promotionThresholds.find((one) => one.id === id)?.name[options.language] ?? id;
    const numbers = texts.gateLine(promotionNumber(value, id), relation, promotionNumber(limit, id) ?? '–');
    const sign = `<i role="img" aria-label="${passed ? texts.passes : texts.fails}">${passed ? '✓' : '✕'}</i>`;
    return `<li class="${passed ? 'yes' : 'no'}">${sign}<b>${escapeText(name)}</b><span>${escapeText(numbers)}</span></li>`;
  });
  const all = wholeText(gate.lines.length);
  const passed = wholeText(gate.lines.filter((line) => line.passed).length);
  const says = gate.passed ? texts.gatePassed(all) : texts.gateRefused(passed, all);
  return `<section class="card" id="gate"><div class="card-head"><h2>${texts.gate}</h2></div><p class="say gap">${says}</p><ul class="checks">${lines.join('')}</ul></section>`;
}
