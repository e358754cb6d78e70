import type { OrderView } from '#link/views.ts';

const columns: readonly (readonly [
  string,
  (order: OrderView, names: ReadonlyMap<string, string>) => string | number,
])[] = [
  ['시각 time', (order) => order.createdAt],
  ['의도 번호 order', (order) => order.orderId],
  ['증권사 번호 broker order', (order) => order.brokerOrderId ?? ''],
  ['코드 code', (order) => order.symbol],
  ['종목 name', (order, names) => names.get(order.symbol) ?? ''],
  ['구분 side', (order) => order.side],
  ['수량 quantity', (order) => order.quantity],
  ['주문가 price', (order) => order.price],
  ['체결 수량 filled', (order) => order.filled],
  ['체결 금액 filled value', (order) => order.filledValue],
  ['상태 state', (order) => order.state],
  ['누가 requester', (order) => order.requester],
  ['이유 reason', (order) => order.reason],
];

/** One line an order, in the order given; a byte order mark, so that spreadsheets read the Korean. */
export function ordersCsv(orders: readonly OrderView[], names: ReadonlyMap<string, string>): string {
  const head = columns.map(([title]) => title);
  const rows = orders.map((order) => columns.map(([, value]) => value(order, names)));
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Quotes what needs it, and keeps a text that begins like a formula from becoming one in a spreadsheet. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
