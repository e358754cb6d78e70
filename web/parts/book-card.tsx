import type { ReactNode } from 'react';
import type { OrderBookView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useBook, useOrders, useQuotes } from '../data/queries.ts';
import { isOpenOrder } from '../words/open-order.ts';
import css from '../pages/stock.module.css';
import { grouped } from '../words/number.ts';
import { toneOf } from './amount.tsx';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import { Empty, Panel, StaleMark } from './panel.tsx';
import tone from './tone.module.css';

interface BookCardProps {
  readonly symbol: string;
  /** Price of yesterday's close, for the rates; null while unknown. */
  readonly basePrice: number | null;
  /** A price was pressed. */
  readonly onPick: (price: number) => void;
  readonly className?: string | undefined;
}

/** The ladder: asks above, bids below, own quantities, depth as soft bars. */
export function BookCard({ symbol, basePrice, onPick, className }: BookCardProps): ReactNode {
  const { stock } = useText();
  const query = useBook(symbol);
  return (
    <Card title={stock.book} isFlush className={className} end={<BookEnd />}>
      <Panel query={query} what="book" isInset>
        {(book) =>
          book.asks.length + book.bids.length === 0 ? (
            <Empty title="" says={stock.bookEmpty} isInset />
          ) : (
            <Ladder book={book} basePrice={basePrice} onPick={onPick} />
          )
        }
      </Panel>
    </Card>
  );
}

function BookEnd(): ReactNode {
  return (
    <>
      <StaleMark /> <span className={tone['quiet']}>KRX</span>
    </>
  );
}

interface LadderProps {
  readonly book: OrderBookView;
  readonly basePrice: number | null;
  readonly onPick: (price: number) => void;
}

interface Level {
  readonly side: 'ask' | 'bid';
  readonly price: number;
  readonly quantity: number;
}

function Ladder({ book, basePrice, onPick }: LadderProps): ReactNode {
  const { stock } = useText();
  const { data: quotes } = useQuotes();
  const mine = useOwnQuantities(book.symbol);
  const last = quotes?.find(({ symbol }) => symbol === book.symbol)?.price ?? null;
  const asks = book.asks.map((level): Level => ({ side: 'ask', ...level })).toReversed();
  const bids = book.bids.map((level): Level => ({ side: 'bid', ...level }));
  const most = Math.max(1, ...[...asks, ...bids].map(({ quantity }) => quantity));
  const total = (levels: readonly Level[]): string => grouped(levels.reduce((sum, { quantity }) => sum + quantity, 0));
  return (
    <table className={css['ladder']}>
      <caption className={tone['vh']}>{stock.bookCaption}</caption>
      <thead className={tone['vh']}>
        <tr>
          <th scope="col">{stock.askQuantity}</th>
          <th scope="col">{stock.priceHead}</th>
          <th scope="col">{stock.bidQuantity}</th>
        </tr>
      </thead>
      <tbody>
        {[...asks, ...bids].map((level) => (
          <LadderRow
            key={`${level.side} ${level.price}`}
            level={level}
            basePrice={basePrice}
            share={level.quantity / most}
            mine={mine.get(level.price) ?? 0}
            isLast={level.price === last}
            onPick={onPick}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td className={css['ask']}>{total(asks)}</td>
          <td>{stock.bookTotal}</td>
          <td className={css['bid']}>{total(bids)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

interface LadderRowProps {
  readonly level: Level;
  readonly basePrice: number | null;
  readonly share: number;
  readonly mine: number;
  readonly isLast: boolean;
  readonly onPick: (price: number) => void;
}

function LadderRow({ level, basePrice, share, mine, isLast, onPick }: LadderRowProps): ReactNode {
  const { price, side } = level;
  const quantity = <QuantityCell level={level} share={share} />;
  const rate = <RateCell level={level} basePrice={basePrice} mine={mine} />;
  return (
    <tr>
      {side === 'ask' ? quantity : rate}
      <td className={classes(basePrice !== null && toneOf(price - basePrice), isLast && css['last'])}>
        <button type="button" className={css['pick']} onClick={() => onPick(price)}>
          {grouped(price)}
        </button>
      </td>
      {side === 'ask' ? rate : quantity}
    </tr>
  );
}

function QuantityCell({ level, share }: { readonly level: Level; readonly share: number }): ReactNode {
  const isAsk = level.side === 'ask';
  const width = Math.round(share * 100);
  return (
    <td className={css[level.side]}>
      <svg
        className={classes(css['depth'], isAsk ? css['depthAsk'] : css['depthBid'])}
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect x={isAsk ? 100 - width : 0} width={width} height="1" />
      </svg>
      <span className={css['quantity']}>{grouped(level.quantity)}</span>
    </td>
  );
}

interface RateCellProps {
  readonly level: Level;
  readonly basePrice: number | null;
  readonly mine: number;
}

function RateCell({ level, basePrice, mine }: RateCellProps): ReactNode {
  const { stock } = useText();
  const rate = basePrice === null ? null : (level.price / basePrice - 1) * 100;
  return (
    <td className={classes(css['rate'], level.side === 'bid' && css['rateLeft'])}>
      {mine > 0 ? (
        <span className={css['mine']} title={stock.mineTitle(grouped(mine))}>
          {stock.mine(grouped(mine))}
        </span>
      ) : (
        rate !== null && `${rate < 0 ? '−' : '+'}${Math.abs(rate).toFixed(2)}`
      )}
    </td>
  );
}

/** Own open quantity by price. */
function useOwnQuantities(symbol: string): ReadonlyMap<number, number> {
  const { data: orders = [] } = useOrders();
  const own = new Map<number, number>();
  for (const order of orders) {
    if (order.symbol !== symbol || !isOpenOrder(order)) continue;
    own.set(order.price, (own.get(order.price) ?? 0) + order.quantity - order.filled);
  }
  return own;
}
