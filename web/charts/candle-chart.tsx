import {
  CandlestickSeries,
  ColorType,
  createChart,
  HistogramSeries,
  LineSeries,
  LineStyle,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { BarView } from '#link/views.ts';
import css from './candle-chart.module.css';
import { chartColours, faded, type ChartColours } from './chart-colours.ts';
import { movingAverage } from './moving-average.ts';
import { OwnMarks, type OwnMark } from './own-marks.ts';

export interface OwnPriceLine {
  readonly price: number;
  readonly side: 'buy' | 'sell';
  readonly label: string;
}

interface CandleChartProps {
  /** Oldest first. */
  readonly bars: readonly BarView[];
  readonly interval: '1m' | '1d';
  readonly marks: readonly OwnMark[];
  readonly orders: readonly OwnPriceLine[];
  readonly average: { readonly price: number; readonly label: string } | null;
  readonly label: string;
  readonly monthLabel: (month: number) => string;
}

/** Seoul is nine hours ahead all year; the chart library knows only UTC, so its clock is moved. */
const seoulOffsetSeconds = 9 * 3_600;
const barsShown = 64;
const barsShownNarrow = 34;
/** About six price lines, and one for volume. */
const priceTickDensity = 5;
const volumeTickDensity = 4;

/** The chart's own time of a bar: Seoul's wall clock as if it were UTC. */
export function chartTime(startsAtMs: number): UTCTimestamp {
  return (Math.floor(startsAtMs / 1_000) + seoulOffsetSeconds) as UTCTimestamp;
}

interface Drawn {
  readonly chart: IChartApi;
  readonly candles: ISeriesApi<'Candlestick'>;
  readonly volume: ISeriesApi<'Histogram'>;
  readonly short: ISeriesApi<'Line'>;
  readonly long: ISeriesApi<'Line'>;
  readonly marks: OwnMarks;
  lines: IPriceLine[];
}

/** Candles with volume, two averages, own fills and own open orders. */
export function CandleChart(props: CandleChartProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const colours = useSchemeColours();
  const { interval, monthLabel } = props;
  useEffect(() => {
    if (frame.current === null) return undefined;
    const made = draw(frame.current, interval, monthLabel);
    drawn.current = made;
    return () => {
      drawn.current = null;
      made.chart.remove();
    };
  }, [interval, monthLabel]);
  useEffect(() => {
    if (drawn.current !== null) paint(drawn.current, colours);
  }, [colours, interval, monthLabel]);
  useEffect(() => {
    if (drawn.current !== null) fill(drawn.current, props, colours);
  });
  return <div ref={frame} className={css['frame']} role="img" aria-label={props.label} />;
}

function draw(frame: HTMLElement, interval: '1m' | '1d', monthLabel: (month: number) => string): Drawn {
  const chart = createChart(frame, {
    autoSize: true,
    layout: {
      attributionLogo: false,
      background: { type: ColorType.Solid, color: 'transparent' },
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 12,
      panes: { enableResize: false, separatorColor: 'transparent', separatorHoverColor: 'transparent' },
    },
    rightPriceScale: {
      borderVisible: false,
      scaleMargins: { top: 0.1, bottom: 0.06 },
      tickMarkDensity: priceTickDensity,
    },
    timeScale: {
      borderVisible: false,
      timeVisible: interval === '1m',
      secondsVisible: false,
      rightOffset: 1,
      ...(interval === '1d' ? { tickMarkFormatter: (time: Time) => tickWords(time, monthLabel) } : {}),
    },
    grid: { vertLines: { visible: false } },
    localization: { priceFormatter: axisNumber },
    handleScale: { axisPressedMouseMove: false },
  });
  const candles = chart.addSeries(CandlestickSeries, { borderVisible: false, priceLineVisible: false });
  const quietLine = {
    lineWidth: 1,
    priceLineVisible: false,
    lastValueVisible: false,
    crosshairMarkerVisible: false,
  } as const;
  const long = chart.addSeries(LineSeries, quietLine);
  const short = chart.addSeries(LineSeries, quietLine);
  // A pane of its own: the grid of prices does not run through the bars of volume.
  const volume = chart.addSeries(
    HistogramSeries,
    { priceFormat: { type: 'volume' }, priceLineVisible: false, lastValueVisible: false },
    1,
  );
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.1, bottom: 0 }, tickMarkDensity: volumeTickDensity });
  chart.panes()[0]?.setStretchFactor(5);
  chart.panes()[1]?.setStretchFactor(1);
  const marks = new OwnMarks();
  candles.attachPrimitive(marks);
  return { chart, candles, volume, short, long, marks, lines: [] };
}

/** Prices in full; volumes of a million and more in short, so that both scales have one width. */
function axisNumber(value: number): string {
  if (value < 1_000_000) return Math.round(value).toLocaleString('en-US');
  return `${(value / 1_000_000).toFixed(1)}M`;
}

function tickWords(time: Time, monthLabel: (month: number) => string): string | null {
  if (typeof time !== 'number') return null;
  const date = new Date(time * 1_000);
  return date.getUTCDate() <= 7 ? monthLabel(date.getUTCMonth() + 1) : String(date.getUTCDate());
}

function paint({ chart, candles, short, long }: Drawn, colours: ChartColours): void {
  chart.applyOptions({
    layout: { textColor: colours.quietInk },
    grid: { horzLines: { color: colours.grid } },
    crosshair: {
      vertLine: { color: colours.quiet, labelBackgroundColor: colours.ink, style: LineStyle.Solid },
      horzLine: { color: colours.quiet, labelBackgroundColor: colours.ink, style: LineStyle.Solid },
    },
  });
  candles.applyOptions({
    upColor: colours.rise,
    downColor: colours.fall,
    wickUpColor: colours.rise,
    wickDownColor: colours.fall,
  });
  short.applyOptions({ color: colours.line });
  long.applyOptions({ color: colours.quiet });
}

function fill(drawn: Drawn, props: CandleChartProps, colours: ChartColours): void {
  const { bars, orders, average, marks } = props;
  const times = bars.map(({ startsAtMs }) => chartTime(startsAtMs));
  const time = (index: number): UTCTimestamp => times[index] ?? chartTime(0);
  const isFirst = drawn.candles.data().length === 0;
  drawn.candles.setData(
    bars.map(({ open, high, low, close }, index) => ({ time: time(index), open, high, low, close })),
  );
  drawn.volume.setData(
    bars.map(({ volume, open, close }, index) => ({
      time: time(index),
      value: volume,
      color: faded(close >= open ? colours.rise : colours.fall, 0.32),
    })),
  );
  const closes = bars.map(({ close }) => close);
  const line = (period: number): ({ time: UTCTimestamp; value: number } | { time: UTCTimestamp })[] =>
    movingAverage(closes, period).map((value, index) =>
      value === null ? { time: time(index) } : { time: time(index), value },
    );
  drawn.short.setData(line(5));
  drawn.long.setData(line(20));
  const last = bars.at(-1);
  const isUp = last === undefined || last.close >= (bars.at(-2)?.close ?? last.open);
  drawn.candles.applyOptions({ priceLineVisible: false, lastValueVisible: true });
  drawn.candles.applyOptions({ priceLineColor: isUp ? colours.riseText : colours.fallText });
  drawn.marks.set(marks, average, colours);
  drawLines(drawn, orders, average, colours);
  if (isFirst && bars.length > 0) showLatest(drawn.chart, bars.length);
}

function drawLines(
  drawn: Drawn,
  orders: readonly OwnPriceLine[],
  average: CandleChartProps['average'],
  colours: ChartColours,
): void {
  for (const line of drawn.lines) drawn.candles.removePriceLine(line);
  const thin = { lineWidth: 1, lineStyle: LineStyle.Solid } as const;
  drawn.lines = orders.map(({ price, side, label }) =>
    drawn.candles.createPriceLine({
      ...thin,
      price,
      color: side === 'buy' ? colours.riseText : colours.fallText,
      axisLabelVisible: true,
      title: label,
    }),
  );
  if (average === null) return;
  drawn.lines.push(
    drawn.candles.createPriceLine({ ...thin, price: average.price, color: colours.accent, axisLabelVisible: false }),
  );
}

function showLatest(chart: IChartApi, count: number): void {
  const shown = chart.chartElement().clientWidth < 480 ? barsShownNarrow : barsShown;
  chart.timeScale().setVisibleLogicalRange({ from: count - shown, to: count });
}

/** The canvas colours, read again when the scheme or the rise colour changes. */
function useSchemeColours(): ChartColours {
  const [colours, setColours] = useState(chartColours);
  useEffect(() => {
    const read = (): void => setColours(chartColours());
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme', 'data-rise'] });
    const media = window.matchMedia('(prefers-color-scheme: dark)');
    media.addEventListener('change', read);
    // Words in a canvas are drawn with the font that is there at the time.
    void document.fonts.ready.then(read);
    return () => {
      observer.disconnect();
      media.removeEventListener('change', read);
    };
  }, []);
  return colours;
}
