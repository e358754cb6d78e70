import { useMemo, useState, type ReactNode } from 'react';
import type { BarView, InstrumentView, OrderView, PositionView, QuoteView } from '#link/views.ts';
import { CandleChart, chartTime, type OwnPriceLine } from '../charts/candle-chart.tsx';
import chartCss from '../charts/chart.module.css';
import { movingAverage } from '../charts/moving-average.ts';
import type { OwnMark } from '../charts/own-marks.ts';
import { useText } from '../data/preferences.tsx';
import { useBars, useOrders, usePortfolio, useStatus, useStrategies } from '../data/queries.ts';
import { isOpenOrder } from '../words/open-order.ts';
import css from '../pages/stock.module.css';
import type { Strings } from '../strings.ko.ts';
import { grouped } from '../words/number.ts';
import { minuteClock, shortDate } from '../words/seoul.ts';
import { Change, Percent, Won } from './amount.tsx';
import { Card } from './card.tsx';
import { Panel } from './panel.tsx';
import { fillsOf } from './recent-fills.tsx';
import { Segmented } from './segmented.tsx';
import tone from './tone.module.css';

interface StockChartCardProps {
  readonly instrument: InstrumentView;
  readonly quote: QuoteView | null;
  readonly className?: string | undefined;
}

type Interval = '1m' | '1d';

/** Candles with own fills and orders, what is held, and the same as a table. */
export function StockChartCard({ instrument, quote, className }: StockChartCardProps): ReactNode {
  const text = useText();
  const { symbol } = instrument;
  const [interval, setInterval] = useState<Interval>('1d');
  const query = useBars(symbol, interval);
  const { data: status } = useStatus();
  const bars = useMemo(() => withQuote(query.data ?? [], quote, interval), [query.data, quote, interval]);
  return (
    <Card title={text.stock.chart} isTitleHidden className={className}>
      <div className={css['chartBar']}>
        <Segmented
          label={text.stock.interval}
          value={interval}
          options={[
            { value: '1m', label: text.stock.minute },
            { value: '1d', label: text.stock.day },
          ]}
          onChange={setInterval}
        />
        <Legend bars={bars} />
        {status?.environment === 'trial' && <span className={css['virtual']}>{text.today.virtual}</span>}
      </div>
      <Panel query={query} what="bars">
        {() => <Candles instrument={instrument} interval={interval} bars={bars} />}
      </Panel>
      <Holding symbol={symbol} />
    </Card>
  );
}

function Legend({ bars }: { readonly bars: readonly BarView[] }): ReactNode {
  const text = useText();
  const closes = bars.map(({ close }) => close);
  const last = (period: number): string => {
    const value = movingAverage(closes, period).at(-1) ?? null;
    return value === null ? '–' : grouped(Math.round(value));
  };
  return (
    <span className={chartCss['legend']}>
      <span className={chartCss['legendInk']}>
        {text.stock.average(5)} {last(5)}
      </span>
      <span className={chartCss['legendQuiet']}>
        {text.stock.average(20)} {last(20)}
      </span>
    </span>
  );
}

interface CandlesProps {
  readonly instrument: InstrumentView;
  readonly interval: Interval;
  readonly bars: readonly BarView[];
}

function Candles({ instrument, interval, bars }: CandlesProps): ReactNode {
  const text = useText();
  const { symbol, name } = instrument;
  const { data: orders = [] } = useOrders();
  const position = usePosition(symbol);
  const own = orders.filter((order) => order.symbol === symbol);
  const average = position === null ? null : averageOf(position);
  const shown = bars.slice(-64);
  const last = shown.at(-1);
  if (last === undefined) return <p className={chartCss['empty']}>{text.today.chartEmpty}</p>;
  const label = text.stock.says(
    name,
    interval === '1d' ? text.stock.day : text.stock.minute,
    shown.length,
    text.money.won(Math.min(...shown.map(({ low }) => low))),
    text.money.won(Math.max(...shown.map(({ high }) => high))),
    text.money.won(last.close),
  );
  return (
    <>
      <CandleChart
        bars={bars}
        interval={interval}
        label={label}
        monthLabel={text.time.month}
        marks={marksOf(own, bars, interval)}
        orders={own.filter(isOpenOrder).map((order) => lineOf(text, order))}
        average={average === null ? null : { price: average, label: text.stock.myAverage(grouped(average)) }}
      />
      <BehindTable bars={bars} interval={interval} />
    </>
  );
}

/** The chart's numbers, for those who do not see the picture. */
function BehindTable({
  bars,
  interval,
}: {
  readonly bars: readonly BarView[];
  readonly interval: Interval;
}): ReactNode {
  const { stock } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={css['behind']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{stock.table}</summary>
      {isOpen && (
        <div className={css['behindTable']} tabIndex={0} role="group" aria-label={stock.table}>
          <table>
            <thead>
              <tr>
                {[stock.date, stock.open, stock.high, stock.low, stock.close, stock.volume].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {bars.toReversed().map((bar) => (
                <tr key={bar.startsAtMs}>
                  <th scope="row">{interval === '1d' ? shortDate(bar.date) : minuteClock(bar.startsAtMs)}</th>
                  {[bar.open, bar.high, bar.low, bar.close, bar.volume].map((value, index) => (
                    <td key={index}>{grouped(value)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

function Holding({ symbol }: { readonly symbol: string }): ReactNode {
  const { stock, unit } = useText();
  const position = usePosition(symbol);
  const { data: strategies = [] } = useStrategies();
  const watching = strategies.filter(({ symbols }) => symbols.includes(symbol)).map(({ name }) => name);
  const profit =
    position === null || position.price === null ? null : position.price * position.quantity - position.cost;
  return (
    <dl className={css['hold']}>
      <div>
        <dt>{stock.holding}</dt>
        <dd>
          {position === null ? 0 : grouped(position.quantity)} <small>{unit.shares}</small>
        </dd>
      </div>
      <div>
        <dt>{stock.averagePrice}</dt>
        <dd>
          {position === null ? '–' : <Won value={averageOf(position)} />}{' '}
          <small>{position === null ? '' : unit.won}</small>
        </dd>
      </div>
      <div>
        <dt>{stock.profit}</dt>
        <dd>
          {profit === null || position === null ? (
            <span className={tone['quiet']}>–</span>
          ) : (
            <>
              <Change value={profit} />{' '}
              <small>
                (<Percent value={position.cost === 0 ? 0 : profit / position.cost} />)
              </small>
            </>
          )}
        </dd>
      </div>
      {watching.length > 0 && (
        <div className={css['holdEnd']}>
          <dt>{stock.strategies}</dt>
          <dd>{watching.join(', ')}</dd>
        </div>
      )}
    </dl>
  );
}

/** What is held of this instrument; null when nothing is, or nothing is known yet. */
export function usePosition(symbol: string): PositionView | null {
  const { data } = usePortfolio();
  return data?.positions.find((each) => each.symbol === symbol && each.quantity > 0) ?? null;
}

/** Mean cost a share, rounded to the nearest won. */
function averageOf(position: PositionView): number {
  return Math.round(position.cost / position.quantity);
}

function lineOf(text: Strings, order: OrderView): OwnPriceLine {
  const left = grouped(order.quantity - order.filled);
  return { price: order.price, side: order.side, label: text.stock.myOrder(text.side[order.side], left) };
}

/** The last bar moves with the price between two readings of the bars. */
function withQuote(bars: readonly BarView[], quote: QuoteView | null, interval: Interval): readonly BarView[] {
  const last = bars.at(-1);
  if (last === undefined || quote === null || interval !== '1d' || quote.price === 0) return bars;
  const moved = {
    ...last,
    close: quote.price,
    high: Math.max(last.high, quote.price),
    low: Math.min(last.low, quote.price),
  };
  return [...bars.slice(0, -1), moved];
}

const minuteMs = 60_000;

/** Fills gathered by bar and side; those before the first bar are left out. */
function marksOf(orders: readonly OrderView[], bars: readonly BarView[], interval: Interval): readonly OwnMark[] {
  const marks = new Map<string, OwnMark>();
  for (const fill of fillsOf(orders)) {
    const bar = interval === '1d' ? bars.at(-1) : bars.find((each) => isWithin(fill.at, each.startsAtMs));
    if (bar === undefined) continue;
    const { side } = fill.order;
    const key = `${bar.startsAtMs} ${side}`;
    const quantity = (marks.get(key)?.quantity ?? 0) + fill.quantity;
    marks.set(key, { time: chartTime(bar.startsAtMs), side, quantity, edge: side === 'buy' ? bar.low : bar.high });
  }
  return [...marks.values()].sort((a, b) => a.time - b.time);
}

function isWithin(at: string, startsAtMs: number): boolean {
  const ms = Date.parse(at);
  return ms >= startsAtMs && ms < startsAtMs + minuteMs;
}
