import type { OrderStep, OrderView } from '#link/views.ts';
import type { Strings } from '../strings.ko.ts';
import { grouped } from './number.ts';
import { exactClock, minuteClock } from './seoul.ts';

/** One stop of the drawn way: known, leading into the unknown, unknown itself, refused, or still to come. */
export interface FlowStop {
  readonly key: string;
  readonly look: 'known' | 'leading' | 'unsure' | 'refused' | 'todo';
  readonly title: string;
  readonly time: string;
  readonly note: string;
  /** A broker's order number, drawn as code after the note. */
  readonly code: string;
}

const unsureKinds: ReadonlySet<OrderStep['kind']> = new Set(['unknown', 'inquiry', 'escalated']);
const refusedKinds: ReadonlySet<OrderStep['kind']> = new Set(['denied', 'rejected', 'not-sent']);
const openStates: ReadonlySet<OrderView['state']> = new Set(['acked', 'partially-filled']);

/**
 * The steps of an order as stops of its way: the first time in full, the rest from the last whole second on while the
 * minute stays the same; then what is still to come.
 *
 * @param closesAt when the session ends, for what waits; null when unknown
 */
export function flowOf(text: Strings, order: OrderView, closesAt: string | null): readonly FlowStop[] {
  const stops = order.steps.map((step, index): FlowStop => {
    const previous = order.steps[index - 1];
    return {
      key: `${index} ${step.kind}`,
      look: lookOf(step, order.steps[index + 1]),
      title: titleOf(text, step),
      time: timeOf(step, previous),
      ...noteOf(text, order, step, previous),
    };
  });
  const rest = restOf(text, order, closesAt);
  if (rest === null) return stops;
  return [...withLeadingEnd(stops), rest];
}

function lookOf(step: OrderStep, next: OrderStep | undefined): FlowStop['look'] {
  if (unsureKinds.has(step.kind)) return 'unsure';
  if (refusedKinds.has(step.kind)) return 'refused';
  return next !== undefined && unsureKinds.has(next.kind) ? 'leading' : 'known';
}

function withLeadingEnd(stops: readonly FlowStop[]): readonly FlowStop[] {
  return stops.map((stop, index) =>
    index === stops.length - 1 && stop.look === 'known' ? { ...stop, look: 'leading' as const } : stop,
  );
}

function titleOf({ steps }: Strings, step: OrderStep): string {
  if (step.kind === 'filled') return steps.filled(grouped(step.quantity ?? 0));
  if (step.kind === 'inquiry') return steps.inquiry(String(step.quantity ?? ''));
  return steps[step.kind];
}

function timeOf(step: OrderStep, previous: OrderStep | undefined): string {
  const full = exactClock(step.at);
  const isSameSecond = previous !== undefined && exactClock(previous.at).slice(0, 8) === full.slice(0, 8);
  return isSameSecond ? full.slice(8) : full;
}

function noteOf(
  text: Strings,
  order: OrderView,
  step: OrderStep,
  previous: OrderStep | undefined,
): Pick<FlowStop, 'note' | 'code'> {
  const { orders } = text;
  switch (step.kind) {
    case 'approved':
      return { note: orders.allPassed(order.checks.length), code: '' };
    case 'acked':
    case 'found':
      return { note: step.detail === '' ? '' : orders.number, code: step.detail };
    case 'filled':
      return { note: step.price === null ? '' : text.money.won(step.price), code: '' };
    case 'unknown':
      return { note: previous === undefined ? '' : orders.waited(secondsBetween(previous.at, step.at)), code: '' };
    case 'rejected':
      return { note: '', code: step.detail };
    case 'denied':
      return { note: deniedName(text, order), code: '' };
    default:
      return { note: '', code: '' };
  }
}

function deniedName({ guard }: Strings, { checks }: OrderView): string {
  const denied = checks.find(({ passed }) => !passed);
  return denied === undefined ? '' : (guard[denied.code]?.name ?? denied.code);
}

function secondsBetween(from: string, to: string): string {
  return String(Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
}

function restOf({ orders }: Strings, order: OrderView, closesAt: string | null): FlowStop | null {
  if (order.state === 'unknown') {
    return { key: 'rest', look: 'todo', title: orders.conclusion, time: '', note: orders.conclusionSays, code: '' };
  }
  if (!openStates.has(order.state)) return null;
  const note = closesAt === null ? '' : orders.restSays(minuteClock(closesAt));
  const title = orders.rest(grouped(order.quantity - order.filled));
  return { key: 'rest', look: 'todo', title, time: '', note, code: '' };
}
