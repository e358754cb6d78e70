import { setTimeout as pause } from 'node:timers/promises';

import { FixConfiguration, RetryLater, SnowballError } from '#domain/errors.ts';
import type { Secret } from '#domain/secret.ts';
import { backoffMs } from '#wire/backoff.ts';
import { admit, afterFailure, afterSuccess, closedCircuit, type Circuit } from '#wire/circuit-breaker.ts';
import type { HttpClient, HttpResult } from '#wire/http-client.ts';
import { createRateBudget, type RateBudget } from '#wire/rate-budget.ts';
import { redact } from '#wire/redact.ts';

import type { PlaceResult } from '../../broker.ts';
import type { KisSignIn } from './auth.ts';
import { tokenCodes } from '../codes.ts';
import { documentedCode } from './documented-code.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { readEnvelope } from './envelope.ts';
import { budgetOf, timeoutsOf, type KisBrokerOptions, type KisIncident } from '../options.ts';
import { classifyOrderAnswer } from './order-answer.ts';
import { trIdOf } from './tr-id.ts';

export interface KisAnswer {
  readonly trId: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Response header `tr_cont`; empty when absent. */
  readonly continuation: string;
}

type ReadAttempt =
  | { readonly kind: 'answer'; readonly answer: KisAnswer }
  | { readonly kind: 'again'; readonly cause: string }
  | { readonly kind: 'token-refused'; readonly token: Secret; readonly code: string };

interface Read {
  readonly endpoint: KisEndpoint;
  readonly trId: string;
  readonly query: Readonly<Record<string, string>>;
  readonly isNextPage: boolean;
}

/** All that an order needs before its first byte, or why that cannot be had. */
type PreparedOrder =
  | { readonly token: Secret; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly cause: string };

const circuitOptions = { failuresMax: 5, openMs: 5_000 };

/** Authenticated calls within the rate budget. Reads are tried again, orders never. */
export class KisCalls {
  readonly #options: KisBrokerOptions;
  readonly #http: HttpClient;
  readonly #rest: URL;
  readonly #signIn: KisSignIn;
  readonly #budget: RateBudget;
  #circuit: Circuit = closedCircuit;

  constructor(options: KisBrokerOptions, http: HttpClient, rest: URL, signIn: KisSignIn) {
    const { cancelWaitMs, orderWaitMs, queryWaitMs } = timeoutsOf(options);
    const { perSecond, burst } = budgetOf(options);
    this.#options = options;
    this.#http = http;
    this.#rest = rest;
    this.#signIn = signIn;
    this.#budget = createRateBudget({
      perSecond,
      burst,
      reservedForCancel: burst > 1 ? 1 : 0,
      elapsedMs: () => options.clock.elapsedMs(),
      waitMsMax: { cancel: cancelWaitMs, order: orderWaitMs, query: queryWaitMs },
    });
  }

  /**
   * One read, tried up to `readAttempts` times, and once more with a new token when the broker refuses the old one.
   *
   * @throws {RetryLater} `kis.busy` · `kis.unavailable` · `kis.token-refused` and those of signing in
   * @throws {FixConfiguration} `kis.read-refused` · `kis.credentials-refused`
   */
  async read(endpoint: KisEndpoint, query: Readonly<Record<string, string>>, isNextPage = false): Promise<KisAnswer> {
    const read: Read = { endpoint, trId: trIdOf(endpoint, this.#options.environment), query, isNextPage };
    const { readAttempts } = budgetOf(this.#options);
    let isRenewed = false;
    for (let failures = 0; ;) {
      const attempt = await this.#tryRead(read);
      if (attempt.kind === 'answer') return attempt.answer;
      if (attempt.kind === 'token-refused') {
        this.#signIn.drop(attempt.token);
        if (isRenewed) throw tokenRefused(read, attempt.code);
        isRenewed = true;
        continue;
      }
      failures += 1;
      if (failures >= readAttempts) throw unavailable(read, failures, attempt.cause);
      await pause(backoffMs(failures, this.#options.random(), { baseMs: timeoutsOf(this.#options).retryBaseMs }));
    }
  }

  /**
   * One order, amendment or cancel: sent at most once, whatever the answer. What cannot even be written down, for want
   * of a token or because the vault is sealed, was not sent.
   *
   * @param fields makes the body; may throw what the credentials throw
   */
  async order(endpoint: KisEndpoint, fields: () => Readonly<Record<string, string>>): Promise<PlaceResult> {
    const { clock, environment } = this.#options;
    const trId = trIdOf(endpoint, environment);
    const prepared = await this.#prepareOrder(trId, fields);
    if ('cause' in prepared) return { kind: 'not-sent', cause: prepared.cause };
    const { token, headers, body } = prepared;
    const turn = await this.#budget.acquire(endpoint.rateClass === 'cancel' ? 'cancel' : 'order');
    if (turn !== 'granted') return { kind: 'not-sent', cause: `rate-budget-${turn}` };
    const sentAt = clock.now();
    const url = new URL(endpoint.path, this.#rest);
    const http = await this.#http.send({ method: 'POST', url, headers, body });
    const { result, code, isUnmapped } = classifyOrderAnswer(http, { trId, sentAt, answeredAt: clock.now() });
    if (code !== null && tokenCodes.has(code)) this.#signIn.drop(token);
    if (code === 'EGW00201') this.#budget.pause(timeoutsOf(this.#options).tooFastPauseMs);
    if (isUnmapped) this.report({ kind: 'unmapped-code', trId, detail: `order answered with ${code ?? 'no code'}` });
    return result;
  }

  /** Hands an incident on, with everything that may not be printed taken out. */
  report(incident: KisIncident): void {
    const detail = redact(incident.detail, this.#knownSecrets());
    this.#options.onIncident?.({ ...incident, detail });
  }

  /** Empty when the vault is sealed: what is masked by name and by form still is. */
  #knownSecrets(): readonly string[] {
    const { credentials } = this.#options;
    try {
      const account = credentials.account().reveal();
      const others = [credentials.appKey(), credentials.appSecret(), credentials.htsId()];
      // Brokers write the account number with and without the product behind it.
      return [...others.map((secret) => secret.reveal()), account, account.slice(0, 8)];
    } catch {
      // An incident must be told even then; it never stands in the way of what it reports.
      return [];
    }
  }

  async #prepareOrder(trId: string, fields: () => Readonly<Record<string, string>>): Promise<PreparedOrder> {
    try {
      const token = await this.#signIn.token();
      return { token, headers: this.#headers(trId, token), body: JSON.stringify(fields()) };
    } catch (error) {
      if (error instanceof SnowballError) return { cause: error.code };
      throw error;
    }
  }

  async #tryRead(read: Read): Promise<ReadAttempt> {
    const [circuit, isAdmitted] = admit(this.#circuit, this.#options.clock.elapsedMs(), circuitOptions);
    this.#circuit = circuit;
    if (!isAdmitted) return { kind: 'again', cause: 'the host failed five times in a row and is given a rest' };
    const token = await this.#signIn.token();
    const turn = await this.#budget.acquire('query');
    if (turn !== 'granted') {
      throw new RetryLater(
        'kis.busy',
        `Cannot ask KIS for ${read.trId}: the rate budget is ${turn}, wanted a free turn`,
      );
    }
    const url = new URL(read.endpoint.path, this.#rest);
    for (const [name, value] of Object.entries(read.query)) url.searchParams.set(name, value);
    const headers = { ...this.#headers(read.trId, token), tr_cont: read.isNextPage ? 'N' : '' };
    return this.#judge(read, await this.#http.send({ method: 'GET', url, headers }), token);
  }

  #judge(read: Read, http: HttpResult, token: Secret): ReadAttempt {
    if (http.kind !== 'answer') return this.#failed(http.cause);
    const envelope = readEnvelope(http);
    if (envelope.kind === 'unreadable') return this.#failed(envelope.cause);
    this.#circuit = afterSuccess();
    if (envelope.kind === 'success') {
      const continuation = (http.headers['tr_cont'] ?? '').trim();
      return { kind: 'answer', answer: { trId: read.trId, body: envelope.body, continuation } };
    }
    const { code, status } = envelope;
    if (tokenCodes.has(code)) return { kind: 'token-refused', token, code };
    if (code === 'EGW00201') this.#budget.pause(timeoutsOf(this.#options).tooFastPauseMs);
    const known = documentedCode(code, status);
    if (known !== undefined) {
      // What may or may not have happened does no harm to a read, and a rate comes back by itself.
      const isPassing = known.outcome === 'unknown' || known.reason === 'rate-limit';
      if (!isPassing) throw readRefused(read, `${code} (${known.meaning})`);
      return { kind: 'again', cause: code };
    }
    this.report({ kind: 'unmapped-code', trId: read.trId, detail: `read answered with ${code}, HTTP ${status}` });
    return { kind: 'again', cause: `undocumented code ${code.slice(0, 8)}, HTTP ${status}` };
  }

  #failed(cause: string): ReadAttempt {
    this.#circuit = afterFailure(this.#circuit, this.#options.clock.elapsedMs(), circuitOptions);
    return { kind: 'again', cause };
  }

  #headers(trId: string, token: Secret): Record<string, string> {
    const { credentials } = this.#options;
    return {
      'content-type': 'application/json; charset=utf-8',
      authorization: `Bearer ${token.reveal()}`,
      appkey: credentials.appKey().reveal(),
      appsecret: credentials.appSecret().reveal(),
      tr_id: trId,
      custtype: 'P',
    };
  }
}

function tokenRefused({ trId }: Read, code: string): RetryLater {
  return new RetryLater('kis.token-refused', `Cannot ask KIS for ${trId}: a new token was refused too, with ${code}`);
}

function unavailable({ trId }: Read, attempts: number, cause: string): RetryLater {
  return new RetryLater(
    'kis.unavailable',
    `Cannot ask KIS for ${trId}: ${attempts} tries failed, the last with ${cause}`,
  );
}

function readRefused({ trId }: Read, found: string): FixConfiguration {
  return new FixConfiguration('kis.read-refused', `Cannot ask KIS for ${trId}: it answered ${found}`);
}
