import type { BrokerOrder } from '#brokers/broker.ts';
import { won } from '#domain/won.ts';
import { quantity } from '#domain/quantity.ts';
import { isDeclared, manualKey } from './apply-manual.ts';
import type { Draft } from './draft.ts';
import type { DeskEvent } from './events.ts';
import { fillCosts } from './fill-costs.ts';
import { isCandidate } from './look-for.ts';
import { ownerOf } from './notice.ts';
import { entry } from './records.ts';
import type { ManualOrder } from './state.ts';

type EventOf<Kind extends DeskEvent['kind']> = Extract<DeskEvent, { readonly kind: Kind }>;

/** A person says what they did elsewhere; the broker is asked at once, so that an order seen before finds its owner. */
export function onDeclareManual(draft: Draft, event: EventOf<'declare-manual'>): void {
  const { date, instrument, side, quantity: size, brokerOrderId, by } = event;
  const { at } = draft.moment;
  draft.record(entry('manual.declared', { date, instrument, side, quantity: size, brokerOrderId, by, at }));
  draft.effect({ kind: 'inquire' });
}

/**
 * Takes declared orders out of a complete list: they are neither foreign nor candidates for an order of ours, and their
 * fills go into the books. A row that may be an order of ours is taken only by its number.
 */
export function settleManual(draft: Draft, rows: readonly BrokerOrder[], date: number): void {
  if (draft.state.declared.length === 0 && draft.state.manual.size === 0) return;
  for (const row of rows) {
    const order = draft.state.manual.get(manualKey({ date, brokerOrderId: row.brokerOrderId }));
    if (order !== undefined) settleFills(draft, order, row);
    else if (!row.isCancel && !row.isRejected && isMeant(draft, row, rows, date)) adopt(draft, row, date);
  }
}

function isMeant(draft: Draft, row: BrokerOrder, rows: readonly BrokerOrder[], date: number): boolean {
  const { state } = draft;
  if (ownerOf(state, row.brokerOrderId, date) !== null) return false;
  const declaration = state.declared.find((candidate) => isDeclared(candidate, { date, ...row }));
  if (declaration === undefined) return false;
  if (declaration.brokerOrderId !== null) return true;
  // An order told before as foreign is meant only when its number is said.
  if (state.foreign.has(`${date}/${row.brokerOrderId}`)) return false;
  return ![...state.orders.values()].some((order) => isCandidate(draft, order, row, rows));
}

function adopt(draft: Draft, row: BrokerOrder, date: number): void {
  const { brokerOrderId, instrument, side, quantity: size } = row;
  const { at } = draft.moment;
  draft.record(entry('manual.adopted', { date, brokerOrderId, instrument, side, quantity: size, at }));
  const order = draft.state.manual.get(manualKey({ date, brokerOrderId }));
  if (order !== undefined) settleFills(draft, order, row);
}

/** The list's average times its shares, less what was booked; the average is rounded, so this may be off by a few won. */
function settleFills(draft: Draft, order: ManualOrder, row: BrokerOrder): void {
  const more = row.filled - order.filled;
  if (more <= 0) return;
  const { date, brokerOrderId, instrument, side } = order;
  const { at } = draft.moment;
  const rest = row.fillPriceAverage * row.filled - order.filledValue;
  const value = won(rest > 0 ? rest : row.fillPriceAverage * more);
  const costs = fillCosts({ instrument, side, value, at });
  const terms = { date, brokerOrderId, instrument, side };
  draft.record(entry('manual.filled', { ...terms, quantity: quantity(more), value, ...costs, at }));
}
