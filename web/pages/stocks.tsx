import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { InstrumentView, QuoteView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useInstruments, usePortfolio, useQuotes, useStatus } from '../data/queries.ts';
import { useNarrow } from '../data/use-narrow.ts';
import { Change, Percent } from '../parts/amount.tsx';
import { Card } from '../parts/card.tsx';
import { Tag } from '../parts/chip.tsx';
import { Hero, PageHead } from '../parts/hero.tsx';
import { Icon } from '../parts/icon.tsx';
import layout from '../parts/layout.module.css';
import { Empty, Panel, StaleMark } from '../parts/panel.tsx';
import table from '../parts/table.module.css';
import tone from '../parts/tone.module.css';
import { matchRank } from '../words/find.ts';
import { grouped } from '../words/number.ts';
import css from './stocks.module.css';

interface StockRow {
  readonly instrument: InstrumentView;
  readonly quote: QuoteView | null;
  readonly held: number;
}

/** 종목: everything that can be watched, with its price now. */
export function StocksPage(): ReactNode {
  const text = useText();
  const instruments = useInstruments();
  const { data: status } = useStatus();
  const [query, setQuery] = useState('');
  const rows = useRows(query);
  const isNarrow = useNarrow();
  return (
    <>
      <PageHead title={text.pages.stocks} meta={status?.environment === 'trial' ? text.today.virtual : undefined} />
      <section className={layout['heroBar']} aria-label={text.stocks.hero}>
        <Hero label={text.stocks.hero} unit={text.unit.items}>
          {instruments.data?.length ?? '–'}
        </Hero>
        <label className={css['filter']}>
          <Icon name="search" size="s" />
          <span className={tone['vh']}>{text.stocks.filter}</span>
          <input
            type="search"
            value={query}
            placeholder={text.stocks.filter}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
      </section>
      <Card title={text.pages.stocks} isFlush meta={`${rows.length}${text.unit.items}`} end={<StaleMark />}>
        <Panel query={instruments} what="quotes" isInset>
          {(all) => {
            if (all.length === 0) return <Empty title="" says={text.stocks.empty} isInset />;
            if (rows.length === 0) return <Empty title="" says={text.stocks.none} isInset />;
            return isNarrow ? <StockList rows={rows} /> : <StockTable rows={rows} />;
          }}
        </Panel>
      </Card>
    </>
  );
}

function useRows(query: string): readonly StockRow[] {
  const { data: instruments = [] } = useInstruments();
  const { data: quotes = [] } = useQuotes();
  const { data: portfolio } = usePortfolio();
  const bySymbol = new Map(quotes.map((quote) => [quote.symbol, quote]));
  const held = new Map((portfolio?.positions ?? []).map(({ symbol, quantity }) => [symbol, quantity]));
  return instruments
    .map((instrument) => ({ instrument, rank: matchRank(query, { name: instrument.name, code: instrument.symbol }) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ instrument }) => ({
      instrument,
      quote: bySymbol.get(instrument.symbol) ?? null,
      held: held.get(instrument.symbol) ?? 0,
    }));
}

interface RowsProps {
  readonly rows: readonly StockRow[];
}

function StockTable({ rows }: RowsProps): ReactNode {
  const { stocks, unit } = useText();
  return (
    <table className={table['table']}>
      <thead>
        <tr>
          <th>{stocks.name}</th>
          <th>{stocks.market}</th>
          <th className={table['n']}>
            {stocks.price} {unit.wonInHead}
          </th>
          <th className={table['n']}>
            {stocks.change} {unit.wonInHead}
          </th>
          <th className={table['n']}>{stocks.rate}</th>
          <th className={table['n']}>{stocks.volume}</th>
          <th className={table['n']}>{stocks.held}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ instrument, quote, held }) => (
          <tr key={instrument.symbol}>
            <td className={table['name']}>
              <Link className={table['rowLink']} href={`/s/${instrument.symbol}`}>
                {instrument.name}
              </Link>{' '}
              <small>{instrument.symbol}</small>
            </td>
            <td>
              <Tag>{instrument.kind === 'stock' ? instrument.market : instrument.kind.toUpperCase()}</Tag>
            </td>
            <td className={table['n']}>{quote === null ? '–' : grouped(quote.price)}</td>
            <td className={table['n']}>
              {quote !== null && <Change value={quote.price - quote.basePrice} isPublic />}
            </td>
            <td className={table['n']}>{quote !== null && <Percent value={quote.price / quote.basePrice - 1} />}</td>
            <td className={table['n']}>{quote !== null && grouped(quote.volumeOfDay)}</td>
            <td className={table['n']}>
              {held === 0 ? <span className={tone['quiet']}>–</span> : `${grouped(held)}${unit.shares}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StockList({ rows }: RowsProps): ReactNode {
  const { unit } = useText();
  return (
    <ul className={table['list']}>
      {rows.map(({ instrument, quote, held }) => (
        <li key={instrument.symbol}>
          <Link className={table['top']} href={`/s/${instrument.symbol}`}>
            {instrument.name}
          </Link>
          <span className={table['right']}>{quote === null ? '–' : grouped(quote.price)}</span>
          <span className={table['sub']}>
            {instrument.symbol}
            {held > 0 && ` · ${grouped(held)}${unit.shares}`}
          </span>
          <span className={table['subRight']}>
            {quote !== null && <Percent value={quote.price / quote.basePrice - 1} hasMark />}
          </span>
        </li>
      ))}
    </ul>
  );
}
