import { quantity } from '#domain/quantity.ts';
import { addWon } from '#domain/won.ts';
import { booked } from './apply-fill.ts';
import { noShares, noWon, type DeskRecord, type RecordBody } from './records.ts';
import type { DeskState, ManualDeclaration, ManualOrder } from './state.ts';

type ManualRecord = Extract<DeskRecord, { readonly kind: `manual.${string}` }>;

/** Declarations of one day that may wait for their orders; the oldest gives way. */
const declarationsMax = 100;

/** A person's own orders: declared, seen at the broker, and their fills in the books (INV-07). */
export function applyManual(state: DeskState, record: ManualRecord): DeskState {
  if (record.kind === 'manual.declared') return declared(state, record.body);
  return record.kind === 'manual.adopted' ? adopted(state, record.body) : filled(state, record.body);
}

/** Under which a declared order stands in the state: numbers repeat from day to day. */
export function manualKey({ date, brokerOrderId }: Pick<ManualOrder, 'date' | 'brokerOrderId'>): string {
  return `${date}/${brokerOrderId}`;
}

/** True when the declaration means the order: its number where one was said, else its terms. */
export function isDeclared(
  declaration: ManualDeclaration,
  order: Pick<ManualOrder, 'date' | 'brokerOrderId' | 'instrument' | 'side' | 'quantity'>,
): boolean {
  if (declaration.date !== order.date) return false;
  if (declaration.brokerOrderId !== null) return declaration.brokerOrderId === order.brokerOrderId;
  const { instrument, side, quantity: size } = declaration;
  return instrument === order.instrument && side === order.side && size === order.quantity;
}

function declared(state: DeskState, body: RecordBody<'manual.declared'>): DeskState {
  const { date, instrument, side, quantity: size, brokerOrderId } = body;
  const declaration = { date, instrument, side, quantity: size, brokerOrderId };
  return { ...state, declared: [...state.declared, declaration].slice(-declarationsMax) };
}

/** One declaration covers one order. */
function adopted(state: DeskState, body: RecordBody<'manual.adopted'>): DeskState {
  const { date, brokerOrderId, instrument, side, quantity: size } = body;
  const order = { date, brokerOrderId, instrument, side, quantity: size, filled: noShares, filledValue: noWon };
  const used = state.declared.findIndex((declaration) => isDeclared(declaration, order));
  return {
    ...state,
    declared: state.declared.filter((_, index) => index !== used),
    manual: new Map(state.manual).set(manualKey(order), order),
  };
}

function filled(state: DeskState, body: RecordBody<'manual.filled'>): DeskState {
  const key = manualKey(body);
  const before = state.manual.get(key);
  if (before === undefined) return state;
  const order = {
    ...before,
    filled: quantity(before.filled + body.quantity),
    filledValue: addWon(before.filledValue, body.value),
  };
  return {
    ...state,
    manual: new Map(state.manual).set(key, order),
    books: state.books === null ? null : booked(state.books, body, body),
  };
}
