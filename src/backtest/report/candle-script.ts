/** The part of `reportScript` that draws the window over the candles; it uses the names that come before it there. */
export const candleScript = String.raw`const view = { symbol: Math.max(0, symbols.findIndex((one) => one.rows.length > 0)), count: 120, end: 0 };
let picked = Math.max(0, days.length - 1);
const plot = { all: 718, width: 656, top: 24, bottom: 250, candles: 180, dates: 6 };

// As roundValues of chart-scale.ts.
function roundPrices(low, high) {
  if (high <= low) return [low];
  const power = 10 ** Math.floor(Math.log10((high - low) / 4));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= (high - low) / 4) * power;
  const prices = [];
  for (let price = Math.ceil(low / step) * step; price <= high && prices.length < 5; price += step) prices.push(price);
  return prices;
}

function bodies(next, { bars, body, low, high, x, y }) {
  const paths = { up: ['', ''], down: ['', ''] };
  bars.forEach((bar, place) => {
    const paint = paths[bar.close >= bar.open ? 'up' : 'down'];
    const [from, to] = [y(Math.max(bar.open, bar.close)), y(Math.min(bar.open, bar.close))];
    paint[0] += 'M' + x(place) + ' ' + y(bar.high).toFixed(1) + 'V' + y(bar.low).toFixed(1);
    paint[1] += 'M' + (x(place) - body / 2) + ' ' + from.toFixed(1) + 'h' + body + 'v' + Math.max(1, to - from).toFixed(1) + 'h' + -body + 'z';
  });
  for (const price of roundPrices(low, high)) {
    next.append(draw('line', { class: 'c-grid', x1: 0, x2: plot.width, y1: y(price).toFixed(1), y2: y(price).toFixed(1) }));
    next.append(draw('text', { x: plot.width + 8, y: (y(price) + 4).toFixed(1) }, whole(price)));
  }
  for (const kind of ['up', 'down']) {
    next.append(draw('path', { class: 'k-wick k-' + kind, d: paths[kind][0] }));
    next.append(draw('path', { class: 'k-' + kind, d: paths[kind][1] }));
  }
}

function marks(next, symbol, { start, group, bars, x, y }) {
  const lines = symbol.columns.filter((column) => column.isPrice).slice(0, 2);
  lines.forEach((column, place) => {
    let path = '';
    bars.forEach((bar, index) => {
      const value = column.values[bar.last];
      if (Number.isFinite(value) && y(value) > plot.top - 12 && y(value) < plot.bottom + 12) path += (path === '' ? 'M' : 'L') + x(index) + ' ' + y(value).toFixed(1);
    });
    next.append(draw('path', { class: place === 0 ? 'c-ink' : 'c-quiet', d: path }));
  });
  const counts = { 1: 0, '-1': 0 };
  const labelled = { 1: -99, '-1': -99 };
  const barOf = (row) => Math.floor((row - start) / group);
  for (const [owner, place, side, price, quantity] of data.trades) {
    const row = symbol.rowAt.get(place);
    if (owner !== view.symbol || row === undefined || row < start || row >= view.end) continue;
    counts[side] += 1;
    const bar = bars[barOf(row)];
    const [centre, edge] = [x(barOf(row)), side > 0 ? y(bar.low) + 5 : y(bar.high) - 5];
    next.append(draw('path', { class: side > 0 ? 'm-buy' : 'm-sell', d: 'M' + centre + ' ' + edge.toFixed(1) + 'l5 ' + 8 * side + 'h-10z' }));
    // Of minutes there are many in a day; the minutes of the day have the numbers.
    if (view.count <= plot.candles * 0.72 && !data.isMinute && Math.abs(centre - labelled[side]) >= 24) {
      labelled[side] = centre;
      next.append(draw('text', { class: side > 0 ? 't-up' : 't-down', 'text-anchor': 'middle', x: centre, y: (edge + (side > 0 ? 20 : -11)).toFixed(1) }, (side > 0 ? '+' : '−') + quantity));
    }
  }
  const mark = symbol.rowAt.get(picked);
  if (mark !== undefined && mark >= start && mark < view.end) {
    next.append(draw('line', { class: 'm-day', x1: x(barOf(mark)), x2: x(barOf(mark)), y1: plot.top - 12, y2: plot.bottom + 8 }));
  }
  return counts;
}

function candles() {
  const symbol = symbols[view.symbol];
  const total = symbol.rows.length;
  if (total === 0) {
    const empty = draw('g', {});
    empty.append(draw('text', { x: 0, y: plot.top }, T.noCandles));
    $('candles').querySelector('svg').setAttribute('aria-label', T.noCandles);
    $('candles').querySelector('g').replaceWith(empty);
    $('candles-range').textContent = '';
    return;
  }
  view.count = Math.min(total, Math.max(20, view.count));
  view.end = Math.min(total, Math.max(view.count, view.end));
  const start = view.end - view.count;
  const group = Math.ceil(view.count / plot.candles);
  const bars = [];
  for (let row = start; row < view.end; row += group) {
    const stop = Math.min(view.end, row + group);
    bars.push({
      row, last: stop - 1, open: symbol.open[row], close: symbol.close[stop - 1],
      high: Math.max(...symbol.high.slice(row, stop)), low: Math.min(...symbol.low.slice(row, stop)),
    });
  }
  const high = Math.max(...bars.map((bar) => bar.high));
  const low = Math.min(...bars.map((bar) => bar.low));
  const y = (price) => plot.bottom - ((price - low) / (high - low || 1)) * (plot.bottom - plot.top);
  const stride = plot.width / bars.length;
  const body = Math.max(1, Math.min(12, Math.floor(stride * 0.66)));
  const x = (bar) => Math.round((bar + 0.5) * stride) + 0.5;
  const svg = $('candles').querySelector('svg');
  const old = svg.querySelector('g');
  const next = draw('g', {});
  bodies(next, { bars, body, low, high, x, y });
  const counts = marks(next, symbol, { start, group, bars, x, y });
  const labels = Math.min(plot.dates, bars.length);
  for (let label = 0; label < labels; label += 1) {
    const place = Math.floor((label * bars.length) / labels);
    next.append(draw('text', { x: x(place), y: 288 }, dayText(symbol.rows[bars[place].row])));
  }
  old.replaceWith(next);
  const [from, to] = [dayText(symbol.rows[start]), dayText(symbol.rows[view.end - 1])];
  svg.setAttribute('aria-label', fill(T.chart, symbol.name, from, to, counts[1], counts[-1]));
  $('candles-range').textContent = fill(T.range, from, to);
  $('candles-place').max = String(total);
  $('candles-place').min = String(view.count);
  $('candles-place').value = String(view.end);
  $('candles-place').setAttribute('aria-valuetext', fill(T.range, from, to));
}`;
