import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '#strategy/strategy.ts';

/**
 * One of each kind, ten percent around 10,000 won, or around `scale` of it.
 *
 * @param till yyyymmdd, of those that are good for longer
 */
export function draftOf(
  which: number,
  symbol: string,
  { shares, till, scale }: { readonly shares: number; readonly till: number; readonly scale: number },
): OrderDraft {
  const at = (price: number) => won(Math.round(price * scale));
  const drafts: readonly Partial<OrderDraft>[] = [
    { side: 'buy', exits: { stopPrice: at(9_500), targetPrice: at(10_500) } },
    { side: 'buy', exits: { trailingBps: 300, targetPrice: at(10_800) } },
    { side: 'buy', trigger: { kind: 'stop', price: at(10_300) }, exits: { stopPrice: at(9_800) } },
    { side: 'buy', exits: { stopPrice: at(9_600) }, goodTill: till },
    { trigger: { kind: 'trailing', distanceBps: 200 }, pricing: 'market', goodTill: till },
    { trigger: { kind: 'stop', price: at(9_400) }, group: 'out' },
    { price: at(10_600), group: 'out' },
    { side: 'buy', goodTill: till },
    { pricing: 'market-on-open' },
    { side: 'buy', pricing: 'market-on-open', exits: { stopPrice: at(9_700) } },
    { pricing: 'market-on-close' },
    {},
    { side: 'buy' },
    {
      side: 'buy',
      trigger: { kind: 'target', price: at(9_700) },
      goodTill: till,
      exits: { stopPrice: at(9_300), targetPrice: at(10_200) },
    },
    { side: 'buy', price: at(9_800), group: 'in', exits: { stopPrice: at(9_200) } },
    { side: 'buy', trigger: { kind: 'stop', price: at(10_400) }, group: 'in', goodTill: till },
  ];
  const plain = { instrument: instrumentId(symbol), side: 'sell', price: at(10_000), reason: '' } as const;
  return { ...plain, quantity: quantity(shares), ...drafts[which % drafts.length] };
}
