import type {
  AutoscaleInfo,
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  UTCTimestamp,
} from 'lightweight-charts';
import type { ChartColours } from './chart-colours.ts';

/** An own fill, at the bar that holds it. */
export interface OwnMark {
  readonly time: UTCTimestamp;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  /** Low of the bar for buys, high for sells: the triangle stands off it. */
  readonly edge: number;
}

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

const halfWidth = 6;
const height = 9;
const distance = 6;
/** From the bar to the far end of the words, less what the scale leaves free anyway. */
const markSpace = 24;

/** Triangles with `+5` below bars of own buys and `−5` above bars of own sells; also the words on the own average. */
export class OwnMarks implements ISeriesPrimitive {
  #chart: IChartApi | null = null;
  #series: ISeriesApi<'Candlestick'> | null = null;
  #redraw: () => void = () => undefined;
  #marks: readonly OwnMark[] = [];
  #average: { readonly price: number; readonly label: string } | null = null;
  #colours: ChartColours | null = null;

  attached({ chart, series, requestUpdate }: SeriesAttachedParameter): void {
    this.#chart = chart;
    this.#series = series as ISeriesApi<'Candlestick'>;
    this.#redraw = requestUpdate;
  }

  detached(): void {
    this.#chart = null;
    this.#series = null;
  }

  set(
    marks: readonly OwnMark[],
    average: { readonly price: number; readonly label: string } | null,
    colours: ChartColours,
  ): void {
    this.#marks = marks;
    this.#average = average;
    this.#colours = colours;
    this.#redraw();
  }

  /** Room for a mark at the highest or the lowest bar, in pixels: it would be cut there. */
  autoscaleInfo(): AutoscaleInfo | null {
    if (this.#marks.length === 0) return null;
    const has = (side: OwnMark['side']): boolean => this.#marks.some((mark) => mark.side === side);
    return { priceRange: null, margins: { above: has('sell') ? markSpace : 0, below: has('buy') ? markSpace : 0 } };
  }

  paneViews(): readonly IPrimitivePaneView[] {
    const draw = (target: Target): void =>
      target.useMediaCoordinateSpace(({ context, mediaSize }) => this.#draw(context, mediaSize.width));
    return [{ zOrder: () => 'top', renderer: () => ({ draw }) }];
  }

  #draw(context: CanvasRenderingContext2D, width: number): void {
    const [chart, series, colours] = [this.#chart, this.#series, this.#colours];
    if (chart === null || series === null || colours === null) return;
    context.font = `700 12px ${getComputedStyle(document.body).fontFamily}`;
    this.#drawAverage(context, series, colours, width);
    for (const mark of this.#marks) {
      const x = chart.timeScale().timeToCoordinate(mark.time);
      const y = series.priceToCoordinate(mark.edge);
      if (x !== null && y !== null) drawMark(context, mark, { x, y }, colours);
    }
  }

  #drawAverage(
    context: CanvasRenderingContext2D,
    series: ISeriesApi<'Candlestick'>,
    colours: ChartColours,
    width: number,
  ): void {
    if (this.#average === null) return;
    const y = series.priceToCoordinate(this.#average.price);
    if (y === null || width < 1) return;
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    outlined(context, this.#average.label, 4, y - 6, colours.accent, colours.surface);
  }
}

function drawMark(
  context: CanvasRenderingContext2D,
  { side, quantity }: OwnMark,
  { x, y }: { readonly x: number; readonly y: number },
  colours: ChartColours,
): void {
  const down = side === 'buy' ? 1 : -1;
  const colour = side === 'buy' ? colours.riseText : colours.fallText;
  const tip = y + distance * down;
  context.beginPath();
  context.moveTo(x, tip);
  context.lineTo(x + halfWidth, tip + height * down);
  context.lineTo(x - halfWidth, tip + height * down);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
  context.textAlign = 'center';
  context.textBaseline = side === 'buy' ? 'top' : 'bottom';
  outlined(context, `${side === 'buy' ? '+' : '−'}${quantity}`, x, tip + (height + 4) * down, colour, colours.surface);
}

function outlined(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  around: string,
): void {
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = around;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
