import * as fc from 'fast-check';
import type { OrderState } from '#domain/order-state.ts';

/** Traded here, by place. */
export const symbols = ['005930', '000660', '035420'] as const;

/** What the gateway makes of the next orders; `lost` and `absent` have no answer, and of `absent` it never hears. */
export type Fate = 'unknown' | 'lost' | 'absent' | 'down' | 'rejected' | `denied:${string}`;

/** Where the process dies, the next time that it comes there. */
export type DeathAt = 'before-write' | 'after-write' | 'before-send' | 'after-send' | 'cancel';

/** What happens at the gateway or to the person, whether or not a process runs. */
export type Outside =
  | { readonly kind: 'change'; readonly which: number; readonly state: OrderState; readonly shares: number }
  | { readonly kind: 'hand'; readonly symbol: number; readonly shares: number }
  | { readonly kind: 'pass'; readonly hours: number }
  /** A day later a share costs `to` times what it did at first, and there are as many more of them. */
  | {
      readonly kind: 'split';
      readonly symbol: number;
      readonly to: number;
      /** Whether the day's base price is known before its first trade. */
      readonly isBaseTold: boolean;
    };

/** One step of a history. `which` counts round among what there is. */
export type WaitingEvent =
  | Outside
  | { readonly kind: 'tick'; readonly symbol: number; readonly price: number }
  | {
      readonly kind: 'submit';
      readonly symbol: number;
      readonly draft: number;
      readonly shares: number;
      readonly days: number;
    }
  | { readonly kind: 'cancel'; readonly which: number }
  | { readonly kind: 'cancelled' | 'portfolio' | 'disk' | 'over' }
  | { readonly kind: 'fate'; readonly fate: Fate; readonly times: number }
  | { readonly kind: 'deliver'; readonly count: number }
  | { readonly kind: 'stale'; readonly which: number }
  | { readonly kind: 'die'; readonly at: DeathAt; readonly meanwhile: readonly Outside[] }
  | { readonly kind: 'restart'; readonly meanwhile: readonly Outside[] };

const which = fc.nat(9);
const symbol = fc.nat(symbols.length - 1);
const shares = fc.constantFrom(0, 1, 3, 12, 12, 12);
const state = fc.constantFrom<OrderState>(
  'acked',
  'acked',
  'acked',
  'unknown',
  'cancelled',
  'expired',
  'rejected',
  'confirmed-absent',
  'escalated',
);
const fate = fc.constantFrom<Fate>(
  'unknown',
  'lost',
  'absent',
  'down',
  'rejected',
  'denied:price-collar',
  'denied:orders-per-minute-strategy',
  'denied:self-cross',
);
const deathAt = fc.constantFrom<DeathAt>('before-write', 'after-write', 'before-send', 'after-send', 'cancel');
const change = fc.record({ kind: fc.constant('change' as const), which, state, shares });
const hand = fc.record({ kind: fc.constant('hand' as const), symbol, shares: fc.constantFrom(1, 5, 99) });
const pass = fc.record({ kind: fc.constant('pass' as const), hours: fc.constantFrom(0.02, 1, 5.4, 15, 24, 24, 48) });
const split = fc.record({
  kind: fc.constant('split' as const),
  symbol,
  to: fc.constantFrom(0.2, 0.5, 1, 2, 5),
  isBaseTold: fc.boolean(),
});
const meanwhile = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.oneof(change, hand, pass) }, { weight: 1, arbitrary: split }),
  { maxLength: 3 },
);

/** A history of any kind; what happens often in a house happens often here. */
export const waitingEvent: fc.Arbitrary<WaitingEvent> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('tick' as const),
      symbol,
      price: fc.integer({ min: 90, max: 110 }).map((hundreds) => hundreds * 100),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      symbol,
      draft: fc.nat(99),
      shares: fc.integer({ min: 1, max: 12 }),
      days: fc.nat(3),
    }),
  },
  { weight: 14, arbitrary: change },
  {
    weight: 18,
    arbitrary: fc.record({ kind: fc.constant('deliver' as const), count: fc.constantFrom(1, 2, 99, 99, 99) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('fate' as const), fate, times: fc.constantFrom(1, 1, 4) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which }) },
  { weight: 3, arbitrary: pass },
  { weight: 1, arbitrary: hand },
  { weight: 1, arbitrary: split },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('cancelled' as const, 'portfolio' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('disk' as const, 'disk' as const, 'over' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stale' as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('die' as const), at: deathAt, meanwhile }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('restart' as const), meanwhile }) },
);
