import { randomInt } from 'node:crypto';
import type { Environment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { gatewayRights } from '#link/authorisation.ts';
import { contentHash } from '#link/canonical-json.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Caller, Handlers } from '#link/listener.ts';

export interface StepUpOptions {
  readonly environment: Environment;
  /** True lets the web act without the person's word: its compromise then costs up to the day's limits (§9). */
  readonly isConvenient: boolean;
  /** Real milliseconds that only grow. */
  readonly elapsedMs: () => number;
}

type Guarded =
  'submit' | 'amend' | 'resume' | 'loosenLimit' | 'chooseProfile' | 'listSymbol' | 'resumeStrategy' | 'confirmOrder';

interface Asked {
  readonly code: string;
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

  /** @throws FixConfiguration `gateway.step-up-needed` with the code under which the action waits */
  require(method: Guarded, params: object, caller: Caller): void {
    const right: string | undefined = (gatewayRights[method] as Readonly<Record<string, string>>)[caller.role];
    if (right === 'yes' || (right === 'step-up' && this.#options.isConvenient)) return;
    this.#forgetOld();
    const { requestId = null, ...content }: { readonly requestId?: string | null } = { ...params };
    const hash = contentHash({ environment: this.#options.environment, method, content });
    if (this.#use(hash, requestId)) return;
    const { code, action } = this.#ask(hash, `${method} ${words(content)}`);
    const wanted = `wanted your word in the terminal: snowball approve ${code}`;
    throw new FixConfiguration('gateway.step-up-needed', `Cannot ${action} from the web: ${wanted}`);
  }

  pending(): { code: string; action: string; validMs: number }[] {
    this.#forgetOld();
    const now = this.#options.elapsedMs();
    return [...this.#asked.values()].map(({ code, action, endsAtMs }) => ({
      code,
      action,
      validMs: Math.max(0, Math.round(endsAtMs - now)),
    }));
  }

  /** @throws FixConfiguration `gateway.approval-unknown` */
  approve(code: string): { action: string } {
    this.#forgetOld();
    const asked = this.#asked.get(code);
    if (asked === undefined) {
      const found = 'nothing waits under this code, or it is older than five minutes';
      throw new FixConfiguration('gateway.approval-unknown', `Cannot approve "${code}": ${found}`);
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

  #ask(hash: string, action: string): Asked {
    const waiting = [...this.#asked.values()].find((asked) => asked.hash === hash);
    if (waiting !== undefined) return waiting;
    const [oldest] = this.#asked.keys();
    if (this.#asked.size >= askedMax && oldest !== undefined) this.#asked.delete(oldest);
    const code = String(randomInt(100_000, 1_000_000));
    const asked = { code, action, hash, endsAtMs: this.#options.elapsedMs() + validMs };
    this.#asked.set(code, asked);
    return asked;
  }

  #forgetOld(): void {
    const now = this.#options.elapsedMs();
    for (const [code, { endsAtMs }] of this.#asked) if (endsAtMs <= now) this.#asked.delete(code);
    for (const [hash, { endsAtMs }] of this.#given) if (endsAtMs <= now) this.#given.delete(hash);
  }
}

/** The handlers of whatever the matrix opens to the web after a step-up only, behind it. */
export function withStepUp(handlers: Handlers<GatewayApi>, stepUp: StepUp): Handlers<GatewayApi> {
  return {
    ...handlers,
    submit: async (params, caller) => {
      stepUp.require('submit', params, caller);
      return handlers.submit(params, caller);
    },
    amend: async (params, caller) => {
      stepUp.require('amend', params, caller);
      return handlers.amend(params, caller);
    },
    resume: async (params, caller) => {
      stepUp.require('resume', {}, caller);
      return handlers.resume(params, caller);
    },
    loosenLimit: async (params, caller) => {
      stepUp.require('loosenLimit', params, caller);
      return handlers.loosenLimit(params, caller);
    },
    chooseProfile: async (params, caller) => {
      stepUp.require('chooseProfile', params, caller);
      return handlers.chooseProfile(params, caller);
    },
    listSymbol: async (params, caller) => {
      stepUp.require('listSymbol', params, caller);
      return handlers.listSymbol(params, caller);
    },
    resumeStrategy: async (params, caller) => {
      stepUp.require('resumeStrategy', params, caller);
      return handlers.resumeStrategy(params, caller);
    },
    confirmOrder: async (params, caller) => {
      stepUp.require('confirmOrder', params, caller);
      return handlers.confirmOrder(params, caller);
    },
  };
}

/** What the person reads: every value that was asked for, none of the server's own words. */
function words(content: object): string {
  const values = Object.entries(content).filter(([name, value]) => value !== null && name !== 'reason');
  return values.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}
