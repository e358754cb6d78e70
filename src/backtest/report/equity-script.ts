/** The part of `reportScript` that says the values of a day of the equity chart; it uses the names that come before it there. */
export const equityScript = String.raw`const equityFrame = $('equity');
const [mine, theirs] = [unpack(data.equity), unpack(data.held)];
const fallsOf = (line) => { let peak = 10000; return line.map((change) => { peak = Math.max(peak, 10000 + change); return (10000 + change) / peak - 1; }); };
let [falls, pointed] = [null, days.length - 1];
function sayDay(place) {
  pointed = Math.min(days.length - 1, Math.max(0, place));
  falls ??= fallsOf(mine);
  const line = equityFrame.querySelector('svg .m-day');
  const x = (pointed / Math.max(1, days.length - 1)) * Number(line.dataset.plot);
  line.setAttribute('x1', x.toFixed(1));
  line.setAttribute('x2', x.toFixed(1));
  line.setAttribute('visibility', 'visible');
  $('equity-day').textContent = fill(T.equityDay, dayText(pointed), change(mine[pointed] / 10000), theirs.length === 0 ? '–' : change(theirs[pointed] / 10000), change(falls[pointed]));
}
function listenEquity() {
  oneSize(equityFrame);
  const share = (event) => {
    const svg = equityFrame.querySelector('svg');
    const box = svg.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * (svg.viewBox.baseVal.width / Number(svg.querySelector('.m-day').dataset.plot));
  };
  const placeOf = (event) => Math.round(share(event) * (days.length - 1));
  equityFrame.addEventListener('pointermove', (event) => { if (share(event) <= 1.02) sayDay(placeOf(event)); });
  equityFrame.addEventListener('click', (event) => { if (share(event) <= 1.02) { sayDay(placeOf(event)); pick(pointed); } });
  const step = (count) => () => sayDay(pointed + count);
  listen(equityFrame, { ArrowLeft: step(-1), ArrowRight: step(1), PageUp: step(-20), PageDown: step(20), Home: step(-1e6), End: step(1e6), Enter: () => pick(pointed) });
}`;
