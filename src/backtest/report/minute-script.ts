/** The part of `reportScript` that draws the minutes of the picked day; it uses the names that come before it there. */
export const minuteScript = String.raw`const clock = (minute) => String(Math.floor(minute / 60)).padStart(2, '0') + ':' + String(minute % 60).padStart(2, '0');
const minuteFrame = $('minutes');
const zoomed = { key: '', from: 0, span: 0 };
let drawnMinutes = { bars: [], stride: 1 };
function minuteDay(entry) {
  if (entry.rows !== undefined) return entry;
  const close = unpack(entry.c);
  const open = unpack(entry.o).map((step, row) => step + (row > 0 ? close[row - 1] : 0));
  const high = unpack(entry.h).map((above, row) => Math.max(open[row], close[row]) + above);
  const low = unpack(entry.l).map((below, row) => Math.min(open[row], close[row]) - below);
  entry.rows = unpack(entry.t).map((minute, row) => ({ minute, open: open[row] * entry.step, high: high[row] * entry.step, low: low[row] * entry.step, close: close[row] * entry.step }));
  return entry;
}
const minuteDays = () => data.minutes.filter((entry) => entry.s === view.symbol);

function listMinuteDays(own) {
  const list = $('minutes-day');
  const key = view.symbol + ' ' + own.length;
  if (list.dataset.key !== key) {
    list.dataset.key = key;
    list.replaceChildren(...own.map((entry) => {
      const count = data.trades.filter((trade) => trade[0] === entry.s && trade[1] === entry.d).length;
      const option = make('option', count === 0 ? dayText(entry.d) : fill(T.tradesOfDay, dayText(entry.d), count));
      option.value = String(entry.d);
      return option;
    }));
  }
  list.value = String(picked);
}

function slots(rows, group) {
  const bars = [];
  for (const row of rows) {
    const slot = Math.floor((row.minute - zoomed.from) / group);
    const before = bars.at(-1);
    if (before === undefined || before.slot !== slot) bars.push({ ...row, slot });
    else Object.assign(before, { high: Math.max(before.high, row.high), low: Math.min(before.low, row.low), close: row.close });
  }
  return bars;
}

function minuteMarks(next, entry, { bars, group, x, y }) {
  const counts = { 1: 0, '-1': 0 };
  const labelled = { 1: -99, '-1': -99 };
  const inside = data.trades.filter((trade) => trade[0] === entry.s && trade[1] === entry.d && trade[6] >= zoomed.from && trade[6] < zoomed.from + zoomed.span);
  for (const [, , side, , quantity, , minute] of inside) {
    const slot = Math.floor((minute - zoomed.from) / group);
    const bar = bars.find((one) => one.slot === slot);
    if (bar === undefined) continue;
    counts[side] += 1;
    const [centre, edge] = [x(slot), side > 0 ? y(bar.low) + 5 : y(bar.high) - 5];
    next.append(draw('path', { class: side > 0 ? 'm-buy' : 'm-sell', d: 'M' + centre + ' ' + edge.toFixed(1) + 'l5 ' + 8 * side + 'h-10z' }));
    // A number that would lie on the one before is left to the reasons of the day.
    if (inside.length > 24 || Math.abs(centre - labelled[side]) < 24) continue;
    labelled[side] = centre;
    next.append(draw('text', { class: side > 0 ? 't-up' : 't-down', 'text-anchor': 'middle', x: centre, y: (edge + (side > 0 ? 20 : -11)).toFixed(1) }, (side > 0 ? '+' : '−') + quantity));
  }
  return counts;
}

function noMinutes(text) {
  const svg = minuteFrame.querySelector('svg');
  const empty = draw('g', {});
  empty.append(draw('text', { x: 0, y: plot.top }, text));
  svg.querySelector('g').replaceWith(empty);
  svg.setAttribute('aria-label', text);
  drawnMinutes = { bars: [], stride: 1 };
  $('minutes-range').textContent = symbols[view.symbol].name + ' ' + dayText(picked);
}

function minutes() {
  if (!minuteFrame) return;
  const own = minuteDays();
  listMinuteDays(own);
  $('minutes-bar').textContent = '';
  const found = own.find((one) => one.d === picked);
  if (found === undefined) { noMinutes(own.length === 0 ? T.noMinuteDays : T.noMinutes); return; }
  const entry = minuteDay(found);
  const [first, end] = [entry.rows[0].minute, entry.rows.at(-1).minute + 1];
  if (zoomed.key !== view.symbol + ' ' + picked) Object.assign(zoomed, { key: view.symbol + ' ' + picked, from: first, span: end - first });
  zoomed.span = Math.min(end - first, Math.max(20, zoomed.span));
  zoomed.from = Math.min(end - zoomed.span, Math.max(first, zoomed.from));
  const group = Math.ceil(zoomed.span / plot.candles);
  const bars = slots(entry.rows.filter((row) => row.minute >= zoomed.from && row.minute < zoomed.from + zoomed.span), group);
  const stride = plot.width / Math.ceil(zoomed.span / group);
  const x = (slot) => Math.round((slot + 0.5) * stride) + 0.5;
  const [low, high] = bars.length === 0 ? [0, 1] : [Math.min(...bars.map((bar) => bar.low)), Math.max(...bars.map((bar) => bar.high))];
  const y = (price) => plot.bottom - ((price - low) / (high - low || 1)) * (plot.bottom - plot.top);
  const next = draw('g', {});
  bodies(next, { bars, body: Math.max(1, Math.min(12, Math.floor(stride * 0.66))), low, high, x: (place) => x(bars[place].slot), y });
  const counts = minuteMarks(next, entry, { bars, group, x, y });
  const between = [5, 10, 15, 30, 60, 120, 180].find((step) => zoomed.span / step <= plot.dates + 1) || 240;
  for (let minute = Math.ceil(zoomed.from / between) * between; minute < zoomed.from + zoomed.span; minute += between) {
    next.append(draw('text', { x: x(Math.floor((minute - zoomed.from) / group)), y: 288 }, clock(minute)));
  }
  const svg = minuteFrame.querySelector('svg');
  svg.querySelector('g').replaceWith(next);
  const [from, to] = [clock(zoomed.from), clock(zoomed.from + zoomed.span - 1)];
  svg.setAttribute('aria-label', fill(T.minuteChart, symbols[view.symbol].name, dayText(picked), from, to, counts[1], counts[-1]));
  $('minutes-range').textContent = symbols[view.symbol].name + ' ' + dayText(picked) + ' ' + fill(T.range, from, to);
  drawnMinutes = { bars, stride };
}

function stepMinuteDay(step) {
  const own = minuteDays();
  const found = step > 0 ? own.find((entry) => entry.d > picked) : own.findLast((entry) => entry.d < picked);
  if (found !== undefined) pick(found.d);
}

function moveMinutes(share) {
  const before = zoomed.from;
  zoomed.from += Math.round(zoomed.span * share);
  minutes();
  if (zoomed.from === before) stepMinuteDay(share);
}

function toMinute(minute) {
  zoomed.from = minute;
  minutes();
}

function zoomMinutes(factor) {
  const middle = zoomed.from + zoomed.span / 2;
  zoomed.span = Math.round(zoomed.span * factor);
  zoomed.from = Math.round(middle - zoomed.span / 2);
  minutes();
}

function sayMinute(share) {
  const slot = Math.floor((share * plot.width) / drawnMinutes.stride);
  const bar = drawnMinutes.bars.find((one) => one.slot === slot);
  if (bar !== undefined) $('minutes-bar').textContent = fill(T.minuteBar, clock(bar.minute), whole(bar.open), whole(bar.high), whole(bar.low), whole(bar.close));
}`;
