import { randomInt } from 'node:crypto';
import type { Environment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { gatewayRight } from '#link/authorisation.ts';
import { contentHash } from '#link/canonical-json.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Caller } from '#link/listener.ts';

export interface StepUpOptions {
  readonly environment: Environment;
  /** True lets the web act without the person's word: its compromise then costs up to the day's limits (§9). */
  readonly isConvenient: boolean;
  /** Real milliseconds that only grow. */
  readonly elapsedMs: () => number;
}

type Method = keyof GatewayApi['methods'];

interface Asked {
  readonly code: string;
  readonly method: Method;
  readonly action: string;
  readonly hash: string;
  readonly endsAtMs: number;
}

interface Given {
  readonly endsAtMs: number;
  /** The request that used it; the same request may come again, another may not. */
  usedBy: string | null;
}

/** Threat-model §12: five minutes, bound to the action's hash. */
const validMs = 300_000;
/** Actions that wait at a time; a newer one takes the place of the oldest. */
const askedMax = 8;

/**
 * The web's step-up. A server that was taken over sees whatever a person types into its pages and can show them anything,
 * so nothing that goes through it proves that the person meant this action. The proof therefore goes round it: the gateway
 * says in its own words what the web asked for, to the command line, whose capability the server does not have, and the
 * person's word there opens this very action once, for five minutes.
 */
export class StepUp {
  readonly #options: StepUpOptions;
  readonly #asked = new Map<string, Asked>();
  readonly #given = new Map<string, Given>();

  constructor(options: StepUpOptions) {
    this.#options = options;
  }

  /**
   * Lets through what the matrix of rights opens without the person's word; every call of every method comes by here, so
   * that a new cell cannot be forgotten.
   *
   * @throws FixConfiguration `gateway.step-up-needed` with the code under which the action waits
   */
  require(method: Method, params: object, caller: Caller): void {
    const right = gatewayRight(method, caller.role);
    if (right === 'yes' || (right === 'step-up' && this.#options.isConvenient)) return;
    this.#forgetOld();
    const { requestId = null, ...content }: { readonly requestId?: string | null } = bound(method, params);
    const hash = contentHash({ environment: this.#options.environment, method, content });
    if (this.#use(hash, requestId)) return;
    const { code, action } = this.#ask(method, hash, `${method} ${words(content)}`.trim());
    const wanted = `wanted your word in the terminal: snowball approve ${code}`;
    throw new FixConfiguration('gateway.step-up-needed', `Cannot ${action} from the web: ${wanted}`);
  }

  /** `by`: the capability of the terminal that may act so itself. */
  pending(): { code: string; action: string; validMs: number; by: 'cli' | 'admin' }[] {
    this.#forgetOld();
    const now = this.#options.elapsedMs();
    return [...this.#asked.values()].map(({ code, method, action, endsAtMs }) => ({
      code,
      action,
      validMs: Math.max(0, Math.round(endsAtMs - now)),
      by: gatewayRight(method, 'cli') === 'yes' ? 'cli' : 'admin',
    }));
  }

  /**
   * Whoever could not do it gives no word for it either: ops and web together must not loosen.
   *
   * @throws FixConfiguration `gateway.approval-unknown`, `gateway.approval-role`
   */
  approve(code: string, { role }: Caller): { action: string } {
    this.#forgetOld();
    const asked = this.#asked.get(code);
    if (asked === undefined) {
      const found = 'nothing waits under this code, or it is older than five minutes';
      throw new FixConfiguration('gateway.approval-unknown', `Cannot approve "${code}": ${found}`);
    }
    if (gatewayRight(asked.method, role) !== 'yes') {
      const found = `"${role}" may not ${asked.method} itself`;
      throw new FixConfiguration('gateway.approval-role', `Cannot approve "${code}": ${found}, wanted a role that may`);
    }
    this.#asked.delete(code);
    this.#given.set(asked.hash, { endsAtMs: this.#options.elapsedMs() + validMs, usedBy: null });
    return { action: asked.action };
  }

  #use(hash: string, requestId: string | null): boolean {
    const given = this.#given.get(hash);
    if (given === undefined) return false;
    // A repeat of the request whose answer was lost; the desk makes no second order of it.
    if (given.usedBy !== null) return requestId !== null && given.usedBy === requestId;
    given.usedBy = requestId ?? '';
    return true;
  }

  #ask(method: Method, hash: string, action: string): Asked {
    const waiting = [...this.#asked.values()].find((asked) => asked.hash === hash);
    if (waiting !== undefined) return waiting;
    const [oldest] = this.#asked.keys();
    if (this.#asked.size >= askedMax && oldest !== undefined) this.#asked.delete(oldest);
    const code = String(randomInt(100_000, 1_000_000));
    const asked = { code, method, action, hash, endsAtMs: this.#options.elapsedMs() + validMs };
    this.#asked.set(code, asked);
    return asked;
  }

  #forgetOld(): void {
    const now = this.#options.elapsedMs();
    for (const [code, { endsAtMs }] of this.#asked) if (endsAtMs <= now) this.#asked.delete(code);
    for (const [hash, { endsAtMs }] of this.#given) if (endsAtMs <= now) this.#given.delete(hash);
  }
}

/** What the word is bound to. Going back to trading is one action, whatever code its two steps have. */
function bound(method: Method, params: object): object {
  return method === 'resume' ? {} : params;
}

/** What the person reads: every value that was asked for, none of the server's own words. */
function words(content: object): string {
  const values = Object.entries(content).filter(
    ([name, value]) => name !== 'reason' && (name !== 'strategy' || value !== null),
  );
  return values.map(([name, value]) => `${name} ${value === null ? 'none' : String(value)}`).join(', ');
}
