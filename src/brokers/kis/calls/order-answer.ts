import type { PlaceResult } from '../../broker.ts';
import type { BrokerOrderId } from '#domain/order.ts';
import type { HttpResult } from '#wire/http-client.ts';

import { isBadInput } from './bad-input.ts';
import { documentedCode } from './documented-code.ts';
import { blockOf, readEnvelope, type Envelope } from './envelope.ts';
import { placedFields, reservedFields } from '../wire-types.ts';
import { wireOrderNumber, wireReservationNumber, WireRow } from './wire-row.ts';

export interface OrderMoment {
  readonly trId: string;
  /** Just before the first byte could leave. */
  readonly sentAt: Temporal.Instant;
  readonly answeredAt: Temporal.Instant;
  /** Where an acceptance has its number; absent: in `ODNO`, as all orders do. */
  readonly numbered?: OrderNumbering;
}

/**
 * What an acceptance must carry to be believed: the number of a reservation under its own name, or, where KIS documents
 * nothing in the answer to a change, no more than success; then the number is the one that was changed.
 */
export type OrderNumbering =
  { readonly kind: 'reservation' } | { readonly kind: 'change-of'; readonly id: BrokerOrderId };

/**
 * `code` is the broker's, or null when no believable answer came; `isUnmapped` asks for an incident, and so does
 * `badInput`, which says what was wrong with an answer that came and cannot be believed.
 */
export interface ClassifiedOrder {
  readonly result: PlaceResult;
  readonly code: string | null;
  readonly isUnmapped: boolean;
  readonly badInput: string | null;
}

/**
 * What became of an order request, by the table of threat-model §8. When in doubt the answer is `unknown`: a refusal
 * counts only when KIS documents its code as one, and an acceptance only with an order number.
 */
export function classifyOrderAnswer(http: HttpResult, moment: OrderMoment): ClassifiedOrder {
  if (http.kind === 'not-sent') {
    return { result: { kind: 'not-sent', cause: http.cause }, code: null, isUnmapped: false, badInput: null };
  }
  if (http.kind === 'lost') {
    return { ...unknown(moment, http.cause, null), badInput: isBadInput(http.cause) ? http.cause : null };
  }
  const envelope = readEnvelope(http);
  if (envelope.kind === 'unreadable') {
    return { ...unknown(moment, envelope.cause, null), badInput: envelope.cause };
  }
  return envelope.kind === 'success' ? accepted(envelope, moment) : refused(envelope, moment);
}

function accepted(envelope: Extract<Envelope, { kind: 'success' }>, moment: OrderMoment): ClassifiedOrder {
  const placed = placedAs(envelope.body, moment);
  if (placed === null) {
    const cause = 'accepted without an order number';
    return { ...unknown(moment, cause, envelope.code), badInput: cause };
  }
  return {
    result: { kind: 'accepted', ...placed, at: moment.answeredAt },
    code: envelope.code,
    isUnmapped: false,
    badInput: null,
  };
}

/** Null for an acceptance that cannot be read, and so is not believed: the caller makes it unknown. */
function placedAs(
  body: Readonly<Record<string, unknown>>,
  { trId, numbered }: OrderMoment,
): Pick<Extract<PlaceResult, { kind: 'accepted' }>, 'brokerOrderId' | 'forwardingOffice'> | null {
  if (numbered?.kind === 'change-of') return { brokerOrderId: numbered.id, forwardingOffice: '' };
  try {
    const block = blockOf(trId, body, 'output');
    if (numbered?.kind === 'reservation') {
      const id = wireReservationNumber(new WireRow(trId, block, reservedFields).text('RSVN_ORD_SEQ'));
      return id === null ? null : { brokerOrderId: id, forwardingOffice: '' };
    }
    const row = new WireRow(trId, block, placedFields);
    const id = wireOrderNumber(row.text('ODNO'));
    return id === null ? null : { brokerOrderId: id, forwardingOffice: row.text('KRX_FWDG_ORD_ORGNO') };
  } catch {
    return null;
  }
}

function refused(envelope: Extract<Envelope, { kind: 'failure' }>, moment: OrderMoment): ClassifiedOrder {
  const { code, message, status } = envelope;
  const known = documentedCode(code, status);
  if (known === undefined) {
    return { ...unknown(moment, `undocumented code ${code}, HTTP ${status}`, code), isUnmapped: true };
  }
  if (known.outcome === 'unknown') return unknown(moment, `${code}: ${known.meaning}`, code);
  return { result: { kind: 'rejected', code, reason: known.reason, message }, code, isUnmapped: false, badInput: null };
}

function unknown({ sentAt }: OrderMoment, cause: string, code: string | null): ClassifiedOrder {
  return { result: { kind: 'unknown', sentAt, cause }, code, isUnmapped: false, badInput: null };
}
