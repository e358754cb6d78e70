import { setTimeout as pause } from 'node:timers/promises';

import { RetryLater } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { backoffMs } from '#wire/backoff.ts';
import type { HttpClient, HttpResult } from '#wire/http-client.ts';
import { createRateBudget, type RateBudget } from '#wire/rate-budget.ts';
import { redact } from '#wire/redact.ts';

import type { PlaceResult } from '../../broker.ts';
import type { KisSignIn } from './auth.ts';
import { tokenCodes } from '../codes.ts';
import { isBadInput } from './bad-input.ts';
import { callHeaders } from './call-headers.ts';
import { documentedCode } from './documented-code.ts';
import { EndpointPace } from './endpoint-pace.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { readEnvelope } from './envelope.ts';
import { HostHealth } from './host-health.ts';
import { knownSecrets } from './known-secrets.ts';
import { budgetOf, timeoutsOf, windowOf, type KisBrokerOptions, type KisIncident } from '../options.ts';
import { busy, closed, readRefused, tokenRefused } from './read-errors.ts';
import { sendOrder, type OrderCall, type OrderLine } from './send-order.ts';
import { unreadableIn } from './unreadable.ts';
import { trIdOf } from './tr-id.ts';

export interface KisAnswer {
  readonly trId: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Response header `tr_cont`; empty when absent. */
  readonly continuation: string;
}

type ReadAttempt =
  | { readonly kind: 'answer'; readonly answer: KisAnswer }
  | { readonly kind: 'again'; readonly cause: string; readonly isBadInput: boolean }
  /** The host failed too often; asking now would only keep it down. */
  | { readonly kind: 'resting' }
  | { readonly kind: 'token-refused'; readonly token: Secret; readonly code: string };

interface Read {
  readonly endpoint: KisEndpoint;
  readonly trId: string;
  readonly query: Readonly<Record<string, string>>;
  readonly isNextPage: boolean;
  /** On the stop watch; infinite when the caller has time. */
  readonly deadlineMs: number;
}

/**
 * Authenticated calls within the rate budget. Reads are tried again, orders never. The circuit breaker is the reads'
 * alone: an order or a cancel is decided by the person's limits and never by how quotes fare (INV-15), and orders may
 * have connections of their own, so that hanging reads keep none from them.
 */
export class KisCalls {
  readonly #options: KisBrokerOptions;
  readonly #http: HttpClient;
  readonly #rest: URL;
  readonly #signIn: KisSignIn;
  readonly #budget: RateBudget;
  readonly #pace: EndpointPace;
  readonly #closing = new AbortController();
  readonly #health: HostHealth;
  readonly #orderLine: OrderLine;

  constructor(options: KisBrokerOptions, http: HttpClient, rest: URL, signIn: KisSignIn, orderHttp: HttpClient = http) {
    const { cancelWaitMs, orderWaitMs, queryWaitMs } = timeoutsOf(options);
    const { perSecond, burst } = budgetOf(options);
    const elapsedMs = (): number => options.clock.elapsedMs();
    this.#options = options;
    this.#http = http;
    this.#rest = rest;
    this.#signIn = signIn;
    this.#health = new HostHealth(options.clock, (incident) => this.report(incident));
    this.#budget = createRateBudget({
      perSecond,
      burst,
      reservedForCancel: burst > 1 ? 1 : 0,
      elapsedMs,
      waitMsMax: { cancel: cancelWaitMs, order: orderWaitMs, query: queryWaitMs },
      window: windowOf(options),
    });
    this.#pace = new EndpointPace(elapsedMs, (milliseconds) => this.#wait(milliseconds));
    this.#orderLine = {
      options,
      http: orderHttp,
      rest,
      signIn,
      budget: this.#budget,
      report: (incident) => this.report(incident),
    };
  }

  /**
   * One read, tried up to `readAttempts` times, and once more with a new token when the broker refuses the old one.
   *
   * @param withinMs when the caller needs the answer by; no try and no wait begins that would end later
   * @throws {RetryLater} `kis.busy` · `kis.unavailable` · `kis.unreadable-answer` · `kis.maintenance` ·
   *   `kis.token-refused` · `kis.closed` and those of signing in
   * @throws {FixConfiguration} `kis.read-refused` · `kis.credentials-refused`
   */
  async read(
    endpoint: KisEndpoint,
    query: Readonly<Record<string, string>>,
    isNextPage = false,
    withinMs = Number.POSITIVE_INFINITY,
  ): Promise<KisAnswer> {
    const deadlineMs = this.#options.clock.elapsedMs() + withinMs;
    const trId = trIdOf(endpoint, this.#options.environment);
    const read: Read = { endpoint, trId, query, isNextPage, deadlineMs };
    await this.#keepDistance(read);
    let isRenewed = false;
    for (let failures = 0; ;) {
      if (this.#closing.signal.aborted) throw closed(trId);
      const attempt = await this.#tryRead(read);
      if (attempt.kind === 'answer') return attempt.answer;
      if (attempt.kind === 'resting') throw this.#health.resting(trId, failures);
      if (attempt.kind === 'token-refused') {
        this.#signIn.drop(attempt.token);
        if (isRenewed) throw tokenRefused(trId, attempt.code);
        isRenewed = true;
        continue;
      }
      failures += 1;
      await this.#backOff(read, failures, attempt);
    }
  }

  /** One order, amendment or cancel: sent at most once, whatever the answer. */
  async order(
    endpoint: OrderCall['endpoint'],
    fields: OrderCall['fields'],
    numbered?: OrderCall['numbered'],
  ): Promise<PlaceResult> {
    return sendOrder(this.#orderLine, { endpoint, fields, numbered });
  }

  /** Hands an incident on, with everything that may not be printed taken out. */
  report(incident: KisIncident): void {
    const detail = redact(incident.detail, knownSecrets(this.#options.credentials));
    this.#options.onIncident?.({ ...incident, detail });
  }

  /**
   * The same answer. One with a field that nobody should believe is reported before its error, or the incomplete inquiry
   * that it became, goes on: whoever asked may have good reason not to log it.
   */
  async told<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      const given = await answer;
      this.#tellUnreadable(given);
      return given;
    } catch (error) {
      this.#tellUnreadable(error);
      throw error;
    }
  }

  /** Ends every wait: reads fail with `kis.closed`, orders are not sent. */
  close(): void {
    this.#closing.abort();
    this.#budget.close();
  }

  #tellUnreadable(answer: unknown): void {
    const unreadable = unreadableIn(answer);
    if (unreadable !== null) this.report({ kind: 'unreadable-answer', ...unreadable });
  }

  /** Pages of one answer follow each other at the pace of the budget; the distance is between answers. */
  async #keepDistance({ endpoint, trId, isNextPage, deadlineMs }: Read): Promise<void> {
    if (isNextPage || !budgetOf(this.#options).endpointSpacing) return;
    const { queryWaitMs } = timeoutsOf(this.#options);
    const leftMs = deadlineMs - this.#options.clock.elapsedMs();
    await this.#pace.turn(trId, endpoint, Math.min(queryWaitMs, leftMs));
  }

  async #tryRead(read: Read): Promise<ReadAttempt> {
    const { clock } = this.#options;
    if (!this.#health.mayAsk()) return { kind: 'resting' };
    const token = await this.#tokenFor(read);
    const turn = await this.#budget.acquire('query', read.deadlineMs - clock.elapsedMs());
    if (this.#closing.signal.aborted) throw closed(read.trId);
    if (turn.kind !== 'granted') throw busy(read.trId, turn.kind);
    const timeoutMs = Math.max(1, Math.min(timeoutsOf(this.#options).totalMs, read.deadlineMs - clock.elapsedMs()));
    const url = new URL(read.endpoint.path, this.#rest);
    for (const [name, value] of Object.entries(read.query)) url.searchParams.set(name, value);
    const headers = {
      ...callHeaders(this.#options.credentials, read.trId, token),
      tr_cont: read.isNextPage ? 'N' : '',
    };
    const sentElapsedMs = clock.elapsedMs();
    const sent = this.#http.send({ method: 'GET', url, headers, timeoutMs });
    const http = await sent.finally(() => turn.settled());
    const date = http.kind === 'answer' ? http.headers['date'] : undefined;
    if (date !== undefined) this.#options.onDate?.(date, sentElapsedMs);
    return this.#judge(read, http, token);
  }

  /** A host that is closed for the night cannot be signed in to either, and that is no other trouble. */
  async #tokenFor({ trId }: Read): Promise<Secret> {
    try {
      return await this.#signIn.token();
    } catch (error) {
      const isFailure = error instanceof RetryLater && error.code === 'kis.sign-in-failed';
      if (!isFailure || typeof error.cause !== 'string') throw error;
      const told = this.#health.gaveUp(trId, 1, error.cause, false);
      throw told.code === 'kis.maintenance' ? told : error;
    }
  }

  #judge(read: Read, http: HttpResult, token: Secret): ReadAttempt {
    if (http.kind !== 'answer') return this.#failed(read, http.cause, isBadInput(http.cause));
    const envelope = readEnvelope(http);
    // A page of a proxy in front of a host that is down is no answer of KIS that could be misread.
    if (envelope.kind === 'unreadable') return this.#failed(read, envelope.cause, http.status < 500);
    this.#health.answered(envelope.kind === 'success');
    if (envelope.kind === 'success') {
      const continuation = (http.headers['tr_cont'] ?? '').trim();
      return { kind: 'answer', answer: { trId: read.trId, body: envelope.body, continuation } };
    }
    return this.#judgeFailure(read, envelope, token);
  }

  #judgeFailure(read: Read, { code, status }: { code: string; status: number }, token: Secret): ReadAttempt {
    if (tokenCodes.has(code)) return { kind: 'token-refused', token, code };
    if (code === 'EGW00201') this.#budget.pause(timeoutsOf(this.#options).tooFastPauseMs);
    const known = documentedCode(code, status);
    if (known !== undefined) {
      // What may or may not have happened does no harm to a read, and a rate comes back by itself.
      const isPassing = known.outcome === 'unknown' || known.reason === 'rate-limit';
      if (!isPassing) throw readRefused(read.trId, `${code} (${known.meaning})`);
      return { kind: 'again', cause: code, isBadInput: false };
    }
    this.report({ kind: 'unmapped-code', trId: read.trId, detail: `read answered with ${code}, HTTP ${status}` });
    return { kind: 'again', cause: `undocumented code ${code.slice(0, 8)}, HTTP ${status}`, isBadInput: false };
  }

  #failed(read: Read, cause: string, isBad: boolean): ReadAttempt {
    this.#health.failed();
    if (isBad) this.report({ kind: 'unreadable-answer', trId: read.trId, detail: `read answered with ${cause}` });
    return { kind: 'again', cause, isBadInput: isBad };
  }

  /** Waits before the next try, or says why there is none. */
  async #backOff(read: Read, failures: number, failed: { cause: string; isBadInput: boolean }): Promise<void> {
    const { clock, random } = this.#options;
    const waitMs = backoffMs(failures, random(), { baseMs: timeoutsOf(this.#options).retryBaseMs });
    const isLast = failures >= budgetOf(this.#options).readAttempts || clock.elapsedMs() + waitMs >= read.deadlineMs;
    if (isLast) throw this.#health.gaveUp(read.trId, failures, failed.cause, failed.isBadInput);
    await this.#wait(waitMs);
  }

  /** Ends early, without a word, when the broker is closed: whoever waits looks at that next. */
  async #wait(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }
}
