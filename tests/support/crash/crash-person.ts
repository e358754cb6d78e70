import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { SnowballError } from '#domain/errors.ts';
import type { Params, Result } from '#link/api.ts';
import { gatewaySocket } from '#link/boot.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { roundToTick } from '#markets/tick-size.ts';
import type { CrashGround } from './crash-ground.ts';
import type { Blow, Deed, Trouble } from './crash-plan.ts';

type Gateway = LinkClient<GatewayApi>;
type OrderRequest = Params<GatewayApi, 'submit'>;

/** Few and cheap, so that the starter limits let most orders through. */
const symbols = ['015760', '293490', '035720', '105560', '055550'];
const working = new Set(['acked', 'partially-filled']);
const date = Temporal.PlainDate.from('2026-11-23');

/**
 * Asks one gateway after the other for orders, and for what was never answered again in the very same words until
 * somebody answers, as a person would.
 */
export class CrashPerson {
  readonly #ground: CrashGround;
  /** Asked for and not answered yet, by the id of the request. */
  readonly #open = new Map<string, OrderRequest>();
  readonly requestIds: string[] = [];
  /** How often each answer came: states of orders, and codes of what could not be answered. */
  readonly heard = new Map<string, number>();
  #serial = 0;

  constructor(ground: CrashGround) {
    this.#ground = ground;
  }

  /**
   * Ends when all that was asked is answered, or the gateway is dead.
   *
   * @param onBegin the order, cancel or halt of `blow` leaves now
   */
  async act(blow: Blow, onBegin: () => void): Promise<void> {
    const { home, token } = this.#ground;
    const socketPath = join(home, 'run', gatewaySocket);
    let gateway: Gateway | null = null;
    try {
      gateway = await connect({ socketPath, api: gatewayApi, role: 'server', token });
      await this.#askAgain(gateway);
      if (blow.deed !== 'halt') await resumeIfHalted(gateway);
      await this.#do(gateway, blow.deed, blow.trouble, onBegin);
    } catch (error) {
      if (!(error instanceof SnowballError) || !isExpected(error)) throw error;
      this.#hear(error.code);
    } finally {
      await gateway?.close();
    }
  }

  /** The last answers that are still missing. */
  async settle(gateway: Gateway): Promise<void> {
    await this.#askAgain(gateway);
  }

  async #askAgain(gateway: Gateway): Promise<void> {
    for (const request of this.#open.values()) await this.#submit(gateway, request);
  }

  async #do(gateway: Gateway, deed: Deed, trouble: Trouble, onBegin: () => void): Promise<void> {
    if (deed === 'wait') return;
    if (deed === 'halt' || deed === 'resume') {
      onBegin();
      await gateway.call('halt', { reason: 'crash test' });
      if (deed === 'resume') await resumeIfHalted(gateway);
      return;
    }
    const begin = async (): Promise<void> => {
      await this.#ground.trouble(deed, trouble);
      onBegin();
    };
    if (deed === 'buy' || deed === 'deny') {
      const request = await this.#request(gateway, deed === 'deny' ? 1_000 : 1 + (this.#serial % 3), 1.01);
      await begin();
      await this.#submit(gateway, request);
      return;
    }
    // It rests below the market until it is withdrawn or changed.
    const resting = await this.#submit(gateway, await this.#request(gateway, 2, 0.98));
    if (!working.has(resting.state)) return;
    await begin();
    const { orderId } = resting;
    if (deed === 'cancel') await gateway.call('cancel', { orderId });
    else await gateway.call('amend', { orderId, ...(await this.#terms(gateway, 2, 0.985)) });
  }

  async #request(gateway: Gateway, quantity: number, times: number): Promise<OrderRequest> {
    this.#serial += 1;
    return {
      requestId: randomUUID(),
      strategy: null,
      symbol: this.#symbol(),
      side: 'buy',
      type: 'limit',
      ...(await this.#terms(gateway, quantity, times)),
      reason: 'crash test',
    };
  }

  async #terms(gateway: Gateway, quantity: number, times: number): Promise<{ quantity: number; price: number }> {
    const symbol = this.#symbol();
    const { price } = await gateway.call('quote', { symbol });
    return {
      quantity,
      price: roundToTick({ market: 'KOSPI', kind: 'stock' }, Math.round(price * times), date, 'down'),
    };
  }

  async #submit(gateway: Gateway, request: OrderRequest): Promise<Result<GatewayApi, 'submit'>> {
    if (!this.#open.has(request.requestId)) this.requestIds.push(request.requestId);
    this.#open.set(request.requestId, request);
    const order = await gateway.call('submit', request);
    this.#open.delete(request.requestId);
    this.#hear(order.state);
    for (const check of order.checks) if (!check.passed) this.#hear(`denied: ${check.code}`);
    return order;
  }

  #hear(what: string): void {
    this.heard.set(what, (this.heard.get(what) ?? 0) + 1);
  }

  #symbol(): string {
    return symbols[this.#serial % symbols.length] as string;
  }
}

async function resumeIfHalted(gateway: Gateway): Promise<void> {
  const { halted } = await gateway.call('status', {});
  if (!halted) return;
  const { code } = await gateway.call('prepareResume', {});
  await gateway.call('resume', { code });
}

/** Dead in the middle of an answer, so that the next one is asked; or the order was over before its change came. */
function isExpected({ nextStep, code }: SnowballError): boolean {
  return nextStep === 'retry-later' || code === 'order.not-amendable';
}
