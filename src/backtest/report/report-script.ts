import { candleScript } from './candle-script.ts';
import { equityScript } from './equity-script.ts';
import { minuteScript } from './minute-script.ts';

/** The Content-Security-Policy source of `reportScript`; a test keeps the two equal. */
export const reportScriptHash = 'sha256-2MR1euIrdVAe3HH65YNkmZf2+vVAHx0dTxvdOYOPWCs=';

/**
 * The script of a report, the same in every one, so that whoever serves it can allow this one text by its hash. It builds
 * everything by DOM calls from the JSON beside it, asks nothing of the network, stores nothing, and without it the page
 * still shows all but the window over the candles and the picker of days.
 */
export const reportScript = String.raw`'use strict';
(() => {
const $ = (id) => document.getElementById(id);
const data = JSON.parse($('report-data').textContent);
const T = data.texts;
const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, place) => values[Number(place)]);
const whole = (value) => value === null ? '–' : (value < 0 ? '−' : '') + Math.round(Math.abs(value)).toString().replace(/\B(?=(?:\d{3})+$)/g, ',');
const change = (value) => (value < 0 ? '−' : value > 0 ? '+' : '') + (Math.abs(value) * 100).toFixed(2).replace(/\B(?=(?:\d{3})+\.)/g, ',') + '%';
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const digitOf = new Map([...digits].map((digit, place) => [digit, place]));
function unpack(text) {
  const values = [];
  let [value, rest, weight] = [0, 0, 1];
  for (const letter of text) {
    if (letter === '.') { values.push(NaN); continue; }
    const digit = digitOf.get(letter);
    rest += (digit % 32) * weight;
    weight *= 32;
    if (digit >= 32) continue;
    value += rest % 2 === 1 ? -(rest - 1) / 2 : rest / 2;
    values.push(value);
    [rest, weight] = [0, 1];
  }
  return values;
}
const days = unpack(data.days);
const isoOf = (place) => new Date(days[place] * 86400000).toISOString().slice(0, 10);
const dayText = (place) => isoOf(place).replaceAll('-', '.');
const shortDay = (place) => dayText(place).slice(2);
const symbols = data.symbols.map((symbol) => {
  if (symbol.c === undefined) return { ...symbol, rows: [], rowAt: new Map() };
  const gaps = new Set(symbol.gaps);
  const rows = days.map((_, place) => place).filter((place) => !gaps.has(place));
  const close = unpack(symbol.c);
  const open = unpack(symbol.o).map((step, row) => step + (row > 0 ? close[row - 1] : 0));
  const high = unpack(symbol.h).map((above, row) => Math.max(open[row], close[row]) + above);
  const low = unpack(symbol.l).map((below, row) => Math.min(open[row], close[row]) - below);
  const columns = (symbol.columns || []).map((column) => ({ ...column, values: column.d === null ? close : unpack(column.d).map((value) => value / column.scale) }));
  const checks = (symbol.checks || []).map((check) => check.relation === 'told' ? { ...check, held: unpack(check.held) } : check);
  return { ...symbol, rows, open, high, low, close, columns, checks, rowAt: new Map(rows.map((place, row) => [place, row])) };
});
const at = (list, symbol, place) => list.filter((item) => item[0] === symbol && item[1] === place);
const make = (name, text, className) => {
  const node = document.createElement(name);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
};
const draw = (name, attributes, text) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  if (text !== undefined) node.textContent = text;
  return node;
};

const scheme = $('scheme');
scheme.hidden = false;
scheme.addEventListener('click', () => {
  const root = document.documentElement;
  const isDark = root.dataset.scheme ? root.dataset.scheme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.scheme = isDark ? 'light' : 'dark';
  scheme.setAttribute('aria-pressed', String(!isDark));
});

${candleScript}
${minuteScript}
${equityScript}
function line(list, text, ...details) {
  const item = make('li');
  item.append(make('b', text), ...details.filter((detail) => detail).map((detail) => make('span', detail)));
  list.append(item);
}
// Of minutes a day may have hundreds.
const ordersShown = 12;
function orderLine(list, [, , side, price, quantity, state, reason, denials, minute]) {
  const details = [fill(side > 0 ? T.askedBuy : T.askedSell, whole(quantity), whole(price))];
  if (denials.length > 0) details.push(T.refused);
  for (const [rule, actual, limit] of denials) details.push(actual === null ? '· ' + data.words[rule] : '· ' + fill(T.refusedBy, data.words[rule], whole(actual), whole(limit)));
  if (denials.length === 0) details.push(T.states[data.words[state]]);
  line(list, timed(minute) + data.words[reason], ...details);
}
const timed = (minute) => (minute === undefined ? '' : clock(minute) + ' ');

function columnText(column, row) {
  const value = column.values[row];
  return Number.isFinite(value) ? (column.isPrice ? whole(value) : value.toFixed(1)) : '–';
}

function checkOf(symbol, check, row) {
  if (check.relation === 'told') {
    return { holds: check.held[row] === 1, text: check.text, numbers: check.columns.map((place) => columnText(symbol.columns[place], row)).join(' · ') };
  }
  const left = symbol.columns[check.left];
  const other = check.right.column === undefined ? null : symbol.columns[check.right.column];
  const right = (place) => (other ? other.values[place] : check.right.value);
  const rightText = (place) => (other ? columnText(other, place) : String(check.right.value));
  const [now, then] = [left.values[row] - right(row), row > 0 ? left.values[row - 1] - right(row - 1) : NaN];
  const isCross = check.relation.startsWith('crosses');
  const holds = { above: now > 0, below: now < 0, 'crosses-above': now > 0 && then <= 0, 'crosses-below': now < 0 && then >= 0 }[check.relation];
  const text = fill(T.relations[check.relation], left.name, other ? other.name : whole(check.right.value));
  const numbers = columnText(left, row) + ' · ' + rightText(row);
  return { holds, isKnown: Number.isFinite(now), text, numbers: isCross && row > 0 ? numbers + ', ' + fill(T.before, columnText(left, row - 1), rightText(row - 1)) : numbers };
}

function rules(box, symbol, row, side) {
  const checks = (symbol.checks || []).filter((check) => check.side === side);
  for (const rule of new Set(checks.map((check) => check.rule))) {
    box.append(make('h3', (side === 'buy' ? T.buyRule : T.sellRule) + ' · ' + rule));
    const list = make('ul', undefined, 'checks');
    for (const check of checks.filter((one) => one.rule === rule)) {
      const { holds, text, numbers } = checkOf(symbol, check, row);
      const item = make('li', undefined, holds ? 'yes' : 'no');
      const sign = make('i', holds ? '✓' : '✕');
      sign.setAttribute('role', 'img');
      sign.setAttribute('aria-label', holds ? T.holds : T.fails);
      item.append(sign, make('b', text), make('span', numbers));
      list.append(item);
    }
    box.append(list);
  }
}

function looks(box, symbol, row) {
  if ((symbol.checks || []).length > 0 || symbol.columns.length === 0) return;
  box.append(make('h3', T.looked));
  const list = make('dl', undefined, 'dl');
  for (const column of symbol.columns) list.append(make('dt', column.name), make('dd', columnText(column, row)));
  box.append(list);
}

function why() {
  const place = picked;
  const symbol = symbols[view.symbol];
  const row = symbol.rowAt.get(place);
  const box = make('div');
  const list = make('ol', undefined, 'reasons');
  let [held, cost] = data.opening ? data.opening[view.symbol] : [0, 0];
  for (const [owner, day, side, price, quantity] of data.trades) {
    if (owner !== view.symbol || day > place) continue;
    if (side > 0) { held += quantity; cost += price * quantity; } else { cost -= (cost / held) * quantity; held -= quantity; }
  }
  const orders = at(data.orders, view.symbol, place);
  const trades = at(data.trades, view.symbol, place);
  const notes = at(data.notes, view.symbol, place).map((note) => data.words[note[2]]).filter((text) => !orders.some((order) => data.words[order[6]].startsWith(text)));
  const isBuy = orders.some((order) => order[2] > 0);
  const isSell = orders.some((order) => order[2] < 0);
  const isDone = orders.some((order) => order[2] > 0 === isBuy && order[7].length === 0);
  const title = isSell ? (isDone ? T.whySell : T.whyNotSell) : isBuy ? (isDone ? T.whyBuy : T.whyNotBuy) : held > 0 ? T.whyNotSell : T.whyNotBuy;
  $('why-title').textContent = title;
  $('why-meta').textContent = symbol.name + ' · ' + dayText(place) + ' (' + T.dayNames[new Date(days[place] * 86400000).getUTCDay()] + ')';
  if (row !== undefined) {
    const before = row > 0 ? symbol.close[row - 1] : symbol.open[row];
    box.append(make('p', fill(T.bar, whole(symbol.open[row]), whole(symbol.high[row]), whole(symbol.low[row]), whole(symbol.close[row]), change(symbol.close[row] / before - 1)), 'say'));
  } else if (symbol.rows.length > 0) box.append(make('p', T.noBar, 'say'));
  for (const [, , side, price, quantity, profit, minute] of trades) {
    line(list, timed(minute) + fill(side > 0 ? T.bought : T.sold, whole(quantity), whole(price)), side < 0 ? fill(T.profit, (profit > 0 ? '+' : '') + whole(profit)) : '');
  }
  line(list, held > 0 ? fill(T.held, whole(held), whole(cost / held)) : T.flat, '');
  for (const text of notes) line(list, text, '');
  for (const order of orders.slice(0, ordersShown)) orderLine(list, order);
  if (orders.length > ordersShown) line(list, fill(T.moreOrders, orders.length - ordersShown));
  if (orders.length === 0 && notes.length === 0 && row !== undefined) line(list, place < data.since ? T.leftOut : place < data.from ? T.waiting : !data.hasLog ? T.noOrder : held > 0 ? T.quietHeld : T.quiet, '');
  box.append(list);
  if (row !== undefined) {
    rules(box, symbol, row, isSell || (held > 0 && !isBuy) ? 'sell' : 'buy');
    looks(box, symbol, row);
  }
  $('why-body').replaceChildren(box);
  $('why-day').value = isoOf(place);
}

function pick(place, symbol) {
  picked = Math.min(days.length - 1, Math.max(0, place));
  if (symbol !== undefined && symbol !== view.symbol) choose(symbol);
  const row = symbols[view.symbol].rowAt.get(picked);
  if (row !== undefined && (row < view.end - view.count || row >= view.end)) view.end = row + Math.round(view.count / 2);
  show();
}

function choose(symbol) {
  view.symbol = symbol;
  view.end = symbols[symbol].rows.length;
  for (const box of document.querySelectorAll('[data-stock]')) box.value = String(symbol);
}

function show() {
  if ($('candles')) candles();
  minutes();
  why();
}

for (const box of document.querySelectorAll('[data-stock]')) {
  box.addEventListener('change', () => {
    choose(Number(box.value));
    const own = minuteDays();
    if (own.length > 0 && !own.some((entry) => entry.d === picked)) picked = own.at(-1).d;
    show();
  });
}
for (const button of document.querySelectorAll('[data-why]')) {
  button.disabled = false;
  button.addEventListener('click', () => {
    const [symbol, place] = button.dataset.why.split(' ').map(Number);
    pick(place, symbol);
    $('why').scrollIntoView({ block: 'nearest' });
    $('why-title').focus({ preventScroll: true });
  });
}
const decided = () => [...new Set([...data.orders, ...data.notes].filter((item) => item[0] === view.symbol).map((item) => item[1]))].sort((left, right) => left - right);
$('why-before').addEventListener('click', () => { const found = decided().findLast((place) => place < picked); if (found !== undefined) pick(found); });
$('why-after').addEventListener('click', () => { const found = decided().find((place) => place > picked); if (found !== undefined) pick(found); });
$('why-day').min = isoOf(0);
$('why-day').max = isoOf(days.length - 1);
$('why-day').addEventListener('change', (event) => {
  const wanted = Math.round(Date.parse(event.target.value) / 86400000);
  const found = days.findLastIndex((day) => day <= wanted);
  if (Number.isFinite(wanted) && found >= 0) pick(found);
});
function oneSize(frame) {
  const [wide, narrow] = frame.querySelectorAll('svg');
  const isNarrow = getComputedStyle(wide).display === 'none';
  (isNarrow ? wide : narrow).remove();
  frame.querySelector('svg').setAttribute('class', 'chart');
  return isNarrow;
}
const shareOf = (frame, event) => {
  const box = frame.querySelector('svg').getBoundingClientRect();
  return ((event.clientX - box.left) / box.width) * (plot.all / plot.width);
};
function listen(frame, keys) {
  frame.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act || event.target !== frame || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}
const frame = $('candles');
if (frame) {
  if (oneSize(frame)) { Object.assign(plot, { all: 330, width: 268, candles: 80, dates: 3 }); view.count = 60; }
  const move = (share) => { view.end += Math.round(view.count * share); candles(); };
  const zoom = (factor) => {
    const middle = view.end - view.count / 2;
    view.count = Math.round(view.count * factor);
    view.end = Math.round(middle + view.count / 2);
    candles();
  };
  const keys = { ArrowLeft: () => move(-0.25), ArrowRight: () => move(0.25), '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), Home: () => move(-1e6), End: () => move(1e6) };
  listen(frame, keys);
  frame.addEventListener('click', (event) => {
    const share = shareOf(frame, event);
    if (share > 1 || symbols[view.symbol].rows.length === 0) return;
    pick(symbols[view.symbol].rows[view.end - view.count + Math.floor(share * view.count)]);
  });
  $('candles-earlier').addEventListener('click', () => move(-0.5));
  $('candles-later').addEventListener('click', () => move(0.5));
  $('candles-closer').addEventListener('click', () => zoom(0.5));
  $('candles-wider').addEventListener('click', () => zoom(2));
  $('candles-place').addEventListener('input', (event) => { view.end = Number(event.target.value); candles(); });
}
if (minuteFrame) {
  oneSize(minuteFrame);
  listen(minuteFrame, {
    ArrowLeft: () => moveMinutes(-0.5), ArrowRight: () => moveMinutes(0.5), PageUp: () => stepMinuteDay(-1), PageDown: () => stepMinuteDay(1),
    '+': () => zoomMinutes(0.5), '=': () => zoomMinutes(0.5), '-': () => zoomMinutes(2), Home: () => toMinute(0), End: () => toMinute(1440),
  });
  minuteFrame.addEventListener('click', (event) => sayMinute(shareOf(minuteFrame, event)));
  $('minutes-before').addEventListener('click', () => stepMinuteDay(-1));
  $('minutes-after').addEventListener('click', () => stepMinuteDay(1));
  $('minutes-closer').addEventListener('click', () => zoomMinutes(0.5));
  $('minutes-wider').addEventListener('click', () => zoomMinutes(2));
  $('minutes-day').addEventListener('change', (event) => pick(Number(event.target.value)));
}
listenEquity();
for (const node of document.querySelectorAll('[data-needs-script]')) node.hidden = false;
choose(view.symbol);
const last = data.trades.findLast((trade) => trade[0] >= 0 && symbols[trade[0]].rows.length > 0) ?? data.trades.at(-1);
if (last && last[1] >= 0) {
  const order = data.orders.findLast((one) => one[0] === last[0] && one[2] === last[2] && (data.isMinute ? one[1] <= last[1] : one[1] < last[1]));
  pick(order ? order[1] : last[1], last[0]);
} else show();
})();
`;
