import type { TimeInForce } from '#domain/order.ts';

/** What an `ORD_DVSN` asks for, in the venue's words. `reference` types take their price from the book as they arrive. */
export interface OrderDivision {
  readonly name: string;
  readonly type: 'limit' | 'market' | 'best' | 'priority';
  readonly timeInForce: TimeInForce;
}

const division = (name: string, type: OrderDivision['type'], timeInForce: TimeInForce = 'day'): OrderDivision => ({
  name,
  type,
  timeInForce,
});

/**
 * Order kinds of the regular KRX session that the simulated venue matches. Best is a limit at the other side's best
 * price, priority at the own side's. The rest of the broker's table (off-hours, mid-price, stop, block and basket
 * types) is refused with APBK0963.
 *
 * @see spec §5.2
 */
export const orderDivisionTable: Readonly<Record<string, OrderDivision>> = {
  '00': division('지정가', 'limit'),
  '01': division('시장가', 'market'),
  '03': division('최유리지정가', 'best'),
  '04': division('최우선지정가', 'priority'),
  '11': division('IOC지정가', 'limit', 'ioc'),
  '12': division('FOK지정가', 'limit', 'fok'),
  '13': division('IOC시장가', 'market', 'ioc'),
  '14': division('FOK시장가', 'market', 'fok'),
  '15': division('IOC최유리', 'best', 'ioc'),
  '16': division('FOK최유리', 'best', 'fok'),
};
