import { useState, type ReactNode } from 'react';
import type { InstrumentView, QuoteView } from '#link/views.ts';
import { useStaleMs } from '../data/freshness.ts';
import { useText } from '../data/preferences.tsx';
import { useInstruments, useQuotes } from '../data/queries.ts';
import { Change, Percent, toneOf, Won } from '../parts/amount.tsx';
import { BookCard } from '../parts/book-card.tsx';
import { Card } from '../parts/card.tsx';
import { Tag } from '../parts/chip.tsx';
import { Empty, Panel, StaleMark } from '../parts/panel.tsx';
import { StockChartCard } from '../parts/stock-chart-card.tsx';
import { TicketCard } from '../parts/ticket-card.tsx';
import tone from '../parts/tone.module.css';
import { UniverseButton } from '../parts/universe-button.tsx';
import { grouped } from '../words/number.ts';
import css from './stock.module.css';

/** 종목: the price, its chart with own trades, the order book, and a ticket. */
export function StockPage({ symbol }: { readonly symbol: string }): ReactNode {
  const text = useText();
  const instruments = useInstruments();
  const { data: quotes } = useQuotes();
  const [picked, setPicked] = useState<number | null>(null);
  return (
    <Panel query={instruments} what="quotes">
      {(all) => {
        const instrument = all.find((each) => each.symbol === symbol);
        if (instrument === undefined) return <Missing symbol={symbol} />;
        const quote = quotes?.find((each) => each.symbol === symbol) ?? null;
        return (
          <>
            <QuoteHead instrument={instrument} quote={quote} />
            <div className={css['desk']}>
              <StockChartCard instrument={instrument} quote={quote} className={css['chart']} />
              <BookCard
                symbol={symbol}
                basePrice={quote?.basePrice ?? null}
                onPick={setPicked}
                className={css['book']}
              />
              <TicketCard
                instrument={instrument}
                quote={quote}
                picked={picked}
                className={css['ticket']}
                title={text.ticket.title}
              />
            </div>
          </>
        );
      }}
    </Panel>
  );
}

function Missing({ symbol }: { readonly symbol: string }): ReactNode {
  const text = useText();
  return (
    <Card title={text.stock.missing}>
      <Empty title="" says={text.stock.missingSays(symbol)} action={{ href: '/s', label: text.today.seeStocks }} />
    </Card>
  );
}

interface QuoteHeadProps {
  readonly instrument: InstrumentView;
  readonly quote: QuoteView | null;
}

function QuoteHead({ instrument, quote }: QuoteHeadProps): ReactNode {
  const text = useText();
  const isStale = useStaleMs() !== null;
  return (
    <div className={css['head']}>
      <div>
        <div className={css['name']}>
          <h1>{instrument.name}</h1>
          <span className={tone['quiet']}>{instrument.symbol}</span>
          <Tag>{instrument.market}</Tag>
          {instrument.kind !== 'stock' && <Tag>{text.stock[instrument.kind]}</Tag>}
          <StaleMark />
          <UniverseButton symbol={instrument.symbol} />
        </div>
        <p className={css['price']}>
          {quote === null ? (
            <span className={tone['quiet']}>–</span>
          ) : (
            <>
              <Won value={quote.price} isPublic isStale={isStale} />
              <span className={css['priceUnit']}>{text.unit.won}</span>
              <span className={css['change']}>
                <Change value={quote.price - quote.basePrice} isPublic />{' '}
                <span className={toneOf(quote.price - quote.basePrice)}>
                  (<Percent value={quote.price / quote.basePrice - 1} />)
                </span>
              </span>
            </>
          )}
        </p>
      </div>
      {quote !== null && <QuoteStats quote={quote} />}
    </div>
  );
}

function QuoteStats({ quote }: { readonly quote: QuoteView }): ReactNode {
  const { stock, unit } = useText();
  const rows = [
    [stock.open, quote.open],
    [stock.high, quote.high],
    [stock.low, quote.low],
  ] as const;
  return (
    <dl className={css['stats']}>
      {rows.map(([label, price]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={price === 0 ? tone['flat'] : toneOf(price - quote.basePrice)}>
            {price === 0 ? '–' : grouped(price)}
          </dd>
        </div>
      ))}
      <div>
        <dt>{stock.volume}</dt>
        <dd>
          <Volume value={quote.volumeOfDay} />
        </dd>
      </div>
      <div>
        <dt>{stock.upper}</dt>
        <dd>{grouped(quote.upperLimit)}</dd>
      </div>
      <div>
        <dt>{stock.lower}</dt>
        <dd>
          {grouped(quote.lowerLimit)}
          <span className={tone['vh']}>{unit.won}</span>
        </dd>
      </div>
    </dl>
  );
}

const tenThousand = 10_000;

/** Large volumes rounded, with the full figure on hover. */
function Volume({ value }: { readonly value: number }): ReactNode {
  const { unit } = useText();
  if (value < tenThousand) {
    return (
      <>
        {grouped(value)}
        <small>{unit.shares}</small>
      </>
    );
  }
  const [number, name] = unit.largeShares(value);
  return (
    <span title={`${grouped(value)}${unit.shares}`}>
      {number}
      <small>{name}</small>
    </span>
  );
}
