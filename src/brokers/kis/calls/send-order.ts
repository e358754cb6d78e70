import { SnowballError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import type { HttpClient } from '#wire/http-client.ts';
import type { RateBudget } from '#wire/rate-budget.ts';

import type { PlaceResult } from '../../broker.ts';
import { tokenCodes } from '../codes.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { timeoutsOf, type KisBrokerOptions, type KisIncident } from '../options.ts';
import type { KisSignIn } from './auth.ts';
import { callHeaders } from './call-headers.ts';
import { classifyOrderAnswer, type OrderNumbering } from './order-answer.ts';
import { watchStandstill } from './standstill.ts';
import { trIdOf } from './tr-id.ts';
import { within } from './within.ts';

/** What the orders of one broker are sent through. */
export interface OrderLine {
  readonly options: KisBrokerOptions;
  /** May have connections of its own, so that hanging reads keep none from an order. */
  readonly http: HttpClient;
  readonly rest: URL;
  readonly signIn: KisSignIn;
  readonly budget: RateBudget;
  readonly report: (incident: KisIncident) => void;
}

/** One order, amendment or cancel. */
export interface OrderCall {
  readonly endpoint: KisEndpoint;
  /** Makes the body; may throw what the credentials throw. */
  readonly fields: () => Readonly<Record<string, string>>;
  /** Where the answer has its number, when not where orders have it. */
  readonly numbered?: OrderNumbering | undefined;
}

/** All that an order needs before its first byte, or why that cannot be had. */
type PreparedOrder =
  | { readonly token: Secret; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly cause: string };

/**
 * Sends at most once, whatever the answer. What cannot even be written down, for want of a token or because the vault is
 * sealed, was not sent.
 */
export async function sendOrder(line: OrderLine, call: OrderCall): Promise<PlaceResult> {
  const { options, budget, signIn, report } = line;
  const { clock, environment } = options;
  const { endpoint, numbered } = call;
  const trId = trIdOf(endpoint, environment);
  const lane = endpoint.rateClass === 'cancel' ? 'cancel' : 'order';
  const hasSlept = watchStandstill(clock, () => options.wallMs?.() ?? Date.now());
  const prepared = await prepare(line, call, trId);
  if ('cause' in prepared) return { kind: 'not-sent', cause: prepared.cause };
  const { token, headers, body } = prepared;
  const turn = await budget.acquire(lane);
  if (turn.kind !== 'granted') return { kind: 'not-sent', cause: `rate-budget-${turn.kind}` };
  // A cancel is right at any time; an order was right for the prices before.
  if (lane === 'order' && hasSlept()) {
    turn.settled();
    return { kind: 'not-sent', cause: 'machine-stood-still' };
  }
  const sentAt = clock.now();
  const url = new URL(endpoint.path, line.rest);
  const http = await line.http.send({ method: 'POST', url, headers, body }).finally(() => turn.settled());
  const answer = classifyOrderAnswer(http, {
    trId,
    sentAt,
    answeredAt: clock.now(),
    ...(numbered === undefined ? {} : { numbered }),
  });
  const { result, code, isUnmapped } = answer;
  if (code !== null && tokenCodes.has(code)) signIn.drop(token);
  if (code === 'EGW00201') budget.pause(timeoutsOf(options).tooFastPauseMs);
  if (isUnmapped) report({ kind: 'unmapped-code', trId, detail: `order answered with ${code ?? 'no code'}` });
  else if (answer.badInput !== null) report({ kind: 'unreadable-answer', trId, detail: answer.badInput });
  return result;
}

async function prepare(
  { options, signIn }: OrderLine,
  { endpoint, fields }: OrderCall,
  trId: string,
): Promise<PreparedOrder> {
  const { cancelWaitMs, orderWaitMs } = timeoutsOf(options);
  try {
    const token = await within(endpoint.rateClass === 'cancel' ? cancelWaitMs : orderWaitMs, signIn.token());
    // What the guard let through it let through for now, and not for after a slow sign-in.
    if (token === null) return { cause: 'token-late' };
    return { token, headers: callHeaders(options.credentials, trId, token), body: JSON.stringify(fields()) };
  } catch (error) {
    if (error instanceof SnowballError) return { cause: error.code };
    throw error;
  }
}
