import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { InstrumentView, QuoteView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useLimits, usePortfolio, useStatus } from '../data/queries.ts';
import { usePreview } from '../data/use-preview.ts';
import { useSubmit } from '../data/use-order-actions.ts';
import css from '../pages/stock.module.css';
import { happened } from '../words/happened.ts';
import { grouped } from '../words/number.ts';
import { tickSizeOf } from '../words/tick-size.ts';
import { Won } from './amount.tsx';
import { HoldButton } from './button.tsx';
import { Card } from './card.tsx';
import { FailureNote } from './failure-note.tsx';
import { GuardPreview } from './guard-preview.tsx';
import { NumberField } from './number-field.tsx';
import { Segmented } from './segmented.tsx';
import { usePosition } from './stock-chart-card.tsx';
import tone from './tone.module.css';

interface TicketCardProps {
  readonly title: string;
  readonly instrument: InstrumentView;
  readonly quote: QuoteView | null;
  /** A price pressed in the ladder. */
  readonly picked: number | null;
  readonly className?: string | undefined;
}

/** 0.014 %: the fee that most brokers ask online; the broker's own answer counts. */
const feeRate = 0.00014;
const shares = [0.1, 0.25, 0.5, 1] as const;

/** Buy or sell by hand: the guard's answer is shown live, and the order goes out after a hold. */
export function TicketCard(props: TicketCardProps): ReactNode {
  const text = useText();
  const { data: status } = useStatus();
  if (status?.environment !== 'real') return <OpenTicket {...props} />;
  return (
    <Card title={props.title} className={props.className}>
      <p>{text.ticket.closedReal}</p>
    </Card>
  );
}

function OpenTicket({ title, instrument, quote, picked, className }: TicketCardProps): ReactNode {
  const text = useText();
  const { symbol } = instrument;
  const [side, setSide] = useState<'buy' | 'sell'>('buy');
  const [price, setPrice] = useTicketPrice(quote?.price ?? null, picked);
  const [quantity, setQuantity] = useState<number | null>(1);
  const preview = usePreview(symbol, side, price, quantity);
  const tick = tickSizeOf(price ?? 0, instrument.kind !== 'stock');
  return (
    <Card title={title} isTitleHidden className={className}>
      <Segmented
        label={text.ticket.sidePick}
        isSides
        value={side}
        options={(['buy', 'sell'] as const).map((value) => ({ value, label: text.side[value] }))}
        onChange={setSide}
      />
      <NumberField
        label={text.ticket.price}
        hint={text.ticket.priceHint(grouped(tick))}
        unit={text.unit.won}
        value={price}
        step={tick}
        lowerLabel={text.ticket.down(grouped(tick))}
        higherLabel={text.ticket.up(grouped(tick))}
        onChange={setPrice}
      />
      <div>
        <NumberField
          label={text.ticket.quantity}
          unit={text.unit.shares}
          value={quantity}
          step={1}
          lowerLabel={text.ticket.fewer}
          higherLabel={text.ticket.more}
          isBad={preview.data?.approved === false}
          describedBy="guard"
          onChange={setQuantity}
        />
        <QuickShares symbol={symbol} side={side} price={price} onPick={setQuantity} />
      </div>
      <Sums symbol={symbol} side={side} value={(price ?? 0) * (quantity ?? 0)} quantity={quantity ?? 0} />
      <GuardPreview preview={preview} price={price} quantity={quantity} onFit={setQuantity} />
      <SendButton
        symbol={symbol}
        side={side}
        price={price}
        quantity={quantity}
        isApproved={preview.data?.approved === true && !preview.isPlaceholderData}
      />
    </Card>
  );
}

/** The price being written: the market's at first, then what is typed or pressed in the ladder. */
function useTicketPrice(
  now: number | null,
  picked: number | null,
): readonly [number | null, (price: number | null) => void] {
  const [price, setPrice] = useState(now);
  useEffect(() => setPrice((before) => before ?? now), [now]);
  useEffect(() => {
    if (picked !== null) setPrice(picked);
  }, [picked]);
  return [price, setPrice];
}

interface SendButtonProps {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly price: number | null;
  readonly quantity: number | null;
  /** The guard would let exactly this order through. */
  readonly isApproved: boolean;
}

function SendButton({ symbol, side, price, quantity, isApproved }: SendButtonProps): ReactNode {
  const text = useText();
  const submit = useSubmit();
  const send = (): void => {
    if (price === null || quantity === null) return;
    submit.mutate({ requestId: crypto.randomUUID(), symbol, side, quantity, price });
  };
  return (
    <div className={css['send']}>
      <FailureNote error={submit.error} />
      {submit.data !== undefined && (
        <p role="status" className={css['result']}>
          {happened(text, submit.data)} <Link href="/orders">{text.today.seeOrders}</Link>
        </p>
      )}
      <HoldButton tone={side} size="l" isWide disabled={!isApproved || submit.isPending} onHeld={send}>
        <span>
          {submit.isPending ? text.ticket.sending : text.ticket.hold(grouped(quantity ?? 0), text.side[side])}
        </span>
        {isApproved && !submit.isPending && <small>{text.ticket.holdHint}</small>}
      </HoldButton>
    </div>
  );
}

interface QuickSharesProps {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly price: number | null;
  readonly onPick: (quantity: number) => void;
}

/** Shares of what can be bought or sold now; buys never suggest more than one order may be worth. */
function QuickShares({ symbol, side, price, onPick }: QuickSharesProps): ReactNode {
  const text = useText();
  const { data: portfolio } = usePortfolio();
  const { data: limits = [] } = useLimits();
  const position = usePosition(symbol);
  const perOrder = limits.find(({ code }) => code === 'order-value')?.limit ?? Infinity;
  const most = (share: number): number => {
    if (side === 'sell') return Math.floor((position?.quantity ?? 0) * share);
    if (price === null || price === 0) return 0;
    return Math.floor(Math.min((portfolio?.orderableCash ?? 0) * share, perOrder) / price);
  };
  return (
    <div className={css['quick']}>
      {shares.map((share) => (
        <button key={share} type="button" onClick={() => onPick(Math.max(1, most(share)))}>
          {share === 1 ? text.ticket.most : `${share * 100}%`}
        </button>
      ))}
    </div>
  );
}

interface SumsProps {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly value: number;
  readonly quantity: number;
}

function Sums({ symbol, side, value, quantity }: SumsProps): ReactNode {
  const text = useText();
  const { data: portfolio } = usePortfolio();
  const position = usePosition(symbol);
  // Rounded up to the next won: an estimate should not flatter.
  const fee = Math.ceil(value * feeRate);
  return (
    <dl className={css['sum']}>
      <dt>{text.ticket.value}</dt>
      <dd>
        <b>
          <Won value={value} />
        </b>
        <span className={tone['unit']}>{text.unit.won}</span>
      </dd>
      <dt>
        {text.ticket.fee} <span className={tone['unsure']}>{text.today.estimate}</span>
      </dt>
      <dd>
        <Won value={fee} hasUnit />
      </dd>
      <dt>{side === 'buy' ? text.ticket.cashAfter : text.ticket.sharesAfter}</dt>
      <dd>
        {side === 'buy' ? (
          <Won value={(portfolio?.orderableCash ?? 0) - value - fee} hasUnit />
        ) : (
          `${grouped((position?.quantity ?? 0) - quantity)}${text.unit.shares}`
        )}
      </dd>
    </dl>
  );
}
