import { stockPicker } from './candle-card.ts';
import type { ReportInput } from './report-input.ts';

/** The picker of a day and the reasons of it; the script fills it, and without a script it is not there. */
export function whyCard(input: ReportInput): string {
  const { texts, panel } = input;
  return `<section class="card why" id="why" data-needs-script hidden><div class="card-head"><h2 id="why-title" tabindex="-1">${texts.why}</h2><span class="meta" id="why-meta"></span></div>
<div class="tools"><label><span class="vh">${panel.stock}</span>${stockPicker(input)}</label><label><span class="vh">${texts.whyDay}</span><input type="date" id="why-day"></label>
<button type="button" id="why-before" aria-label="${texts.whyBefore}">◀</button><button type="button" id="why-after" aria-label="${texts.whyAfter}">▶</button></div>
<div id="why-body" aria-live="polite"></div></section>`;
}
