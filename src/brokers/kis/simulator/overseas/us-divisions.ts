import type { OrderSide } from '#domain/order.ts';

/** When an order may trade, and whether it has a limit. */
export interface UsDivision {
  readonly session: 'day' | 'open' | 'close';
  readonly isMarket: boolean;
  /** `ODER_KIND2` of a notice. @see spec §7.7 */
  readonly noticeCode: string;
  readonly sides: readonly OrderSide[];
}

const both: readonly OrderSide[] = ['buy', 'sell'];

/** `ORD_DVSN` of US orders; paper takes 00 only. @see spec §6.2 */
export const usDivisions: Readonly<Record<string, UsDivision>> = {
  '00': { session: 'day', isMarket: false, noticeCode: '2', sides: both },
  '31': { session: 'open', isMarket: true, noticeCode: 'A', sides: ['sell'] },
  '32': { session: 'open', isMarket: false, noticeCode: 'B', sides: both },
  '33': { session: 'close', isMarket: true, noticeCode: 'C', sides: ['sell'] },
  '34': { session: 'close', isMarket: false, noticeCode: 'D', sides: both },
};
