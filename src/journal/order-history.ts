/** One promise broken by one record. */
export interface Violation {
  readonly invariant: 'INV-02' | 'INV-03' | 'INV-07';
  /** Number of the record that shows it; 0 when it is the absence of one. */
  readonly sequence: number;
  /** The order or instrument it is about. */
  readonly subject: string;
  readonly detail: string;
}

/** A record with its body read as JSON, by nobody's schema: the checker must not share a mistake with the writer. */
export interface HistoryRecord {
  readonly sequence: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Tell = (invariant: Violation['invariant'], subject: string, detail: string) => void;

interface Life {
  /** `yyyymmdd` in Seoul of its first record. */
  readonly date: number;
  readonly quantity: number;
  readonly legs: Map<string, { readonly quantity: number; filled: number }>;
  readonly requestKey: string;
  phase: Phase;
  sendings: number;
  amend: { readonly price: unknown; readonly quantity: unknown } | null;
}

type Phase = 'intent' | 'sending' | 'unknown' | 'acked' | 'escalated' | 'over' | 'denied' | 'absent' | 'not-sent';

/** Where an order may stand when a record of the kind comes, and where it stands then (threat-model §8). */
const moves: Readonly<Record<string, { readonly from: readonly Phase[]; readonly to: Phase }>> = {
  'order.sending': { from: ['intent'], to: 'sending' },
  'order.acked': { from: ['sending', 'unknown'], to: 'acked' },
  // An exchange may reject what the broker took.
  'order.rejected': { from: ['sending', 'unknown', 'acked'], to: 'over' },
  'order.not-sent': { from: ['intent', 'sending'], to: 'not-sent' },
  'order.unknown': { from: ['sending'], to: 'unknown' },
  'order.confirmed-absent': { from: ['unknown'], to: 'absent' },
  'order.escalated': { from: ['unknown', 'acked'], to: 'escalated' },
  'order.reopened': { from: ['escalated'], to: 'unknown' },
  'order.cancelled': { from: ['acked'], to: 'over' },
  'order.expired': { from: ['acked', 'escalated'], to: 'over' },
};

const endless: ReadonlySet<Phase> = new Set(['intent', 'sending', 'unknown']);

/** The lives of all orders of a journal, held against INV-02, INV-03 and the quantities of INV-07. */
export class OrderHistory {
  readonly #tell: Tell;
  readonly #lives = new Map<string, Life>();
  readonly #requests = new Map<string, string>();
  /** Whose a broker's number is, as `yyyymmdd/number`. */
  readonly #numbers = new Map<string, string>();

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  get count(): number {
    return this.#lives.size;
  }

  /** Orders without an end so far; at the end of a journal that is still written they may be on their way. */
  get openCount(): number {
    return [...this.#lives.values()].filter(({ phase }) => endless.has(phase)).length;
  }

  take({ kind, body }: HistoryRecord, date: number): void {
    const orderId = String(body['orderId']);
    if (kind === 'order.intent' || kind === 'order.denied') return this.#open(orderId, kind, body, date);
    const life = this.#lives.get(orderId);
    if (life === undefined)
      return this.#tell('INV-03', orderId, `${kind} of an order that was never recorded as an intent`);
    this.#move(orderId, life, kind);
    if (kind === 'order.settled') return this.#settled(orderId, life, body);
    if (kind === 'order.acked') this.#leg(orderId, life, String(body['brokerOrderId']), life.quantity);
    if (kind === 'order.amend-requested') life.amend = { price: body['price'], quantity: body['quantity'] };
    if (kind === 'order.amend-answered') this.#amended(orderId, life, body);
    if (kind === 'order.filled') this.#filled(orderId, life, body);
  }

  /** Nothing of an earlier run may be in doubt when new orders are let in, and nothing of an earlier day ever. */
  mustHaveEnded(isDue: (date: number) => boolean, when: string): void {
    for (const [orderId, { date, phase }] of this.#lives) {
      if (isDue(date) && endless.has(phase)) this.#tell('INV-03', orderId, `still ${phase} ${when}, wanted an end`);
    }
  }

  #open(orderId: string, kind: string, body: HistoryRecord['body'], date: number): void {
    if (this.#lives.has(orderId)) return this.#tell('INV-02', orderId, 'a second intent with the same id');
    const request = members(body['request']);
    const requestKey = `${JSON.stringify(request['requester'])}/${String(request['requestId'])}`;
    const first = this.#requests.get(requestKey);
    if (first !== undefined) this.#tell('INV-02', orderId, `the request of ${first} made a second order`);
    this.#requests.set(requestKey, orderId);
    const phase = kind === 'order.intent' ? 'intent' : 'denied';
    const quantity = Number(request['quantity']);
    this.#lives.set(orderId, { date, quantity, legs: new Map(), requestKey, phase, sendings: 0, amend: null });
  }

  #move(orderId: string, life: Life, kind: string): void {
    const move = moves[kind];
    if (move === undefined) return;
    if (kind === 'order.sending' && (life.sendings += 1) > 1) this.#tell('INV-02', orderId, 'sent a second time');
    else if (!move.from.includes(life.phase))
      this.#tell('INV-03', orderId, `${kind} though the order is ${life.phase}`);
    life.phase = move.to;
  }

  /** A person's word ends what only a person could end. */
  #settled(orderId: string, life: Life, body: HistoryRecord['body']): void {
    if (life.phase !== 'escalated') this.#tell('INV-03', orderId, `order.settled though the order is ${life.phase}`);
    const { amend } = life;
    life.amend = null;
    if (body['found'] === null) {
      life.phase = life.legs.size === 0 ? 'absent' : 'over';
      return;
    }
    const found = members(body['found']);
    const number = String(found['brokerOrderId']);
    life.phase = found['isRejected'] === true ? 'over' : 'acked';
    if (life.legs.has(number)) return;
    const isFirst = life.legs.size === 0;
    const isAsked = amend !== null && amend.quantity === found['quantity'] && amend.price === found['price'];
    if (!isFirst && !isAsked) this.#tell('INV-07', orderId, 'an amendment was adopted that nobody asked for like this');
    this.#leg(orderId, life, number, isFirst ? life.quantity : Number(found['quantity']));
  }

  #leg(orderId: string, life: Life, number: string, quantity: number): void {
    const key = `${life.date}/${number}`;
    const owner = this.#numbers.get(key);
    if (owner !== undefined) this.#tell('INV-02', orderId, `the broker's number ${number} is that of ${owner} already`);
    this.#numbers.set(key, orderId);
    life.legs.set(number, { quantity, filled: 0 });
  }

  #amended(orderId: string, life: Life, body: HistoryRecord['body']): void {
    const { amend } = life;
    life.amend = null;
    if (body['outcome'] === 'unknown') life.amend = amend;
    if (body['outcome'] !== 'accepted') return;
    const isAsked = amend !== null && amend.quantity === body['quantity'] && amend.price === body['price'];
    if (!isAsked) this.#tell('INV-07', orderId, 'an amendment was accepted that nobody asked for like this');
    this.#leg(orderId, life, String(body['brokerOrderId']), Number(body['quantity']));
  }

  #filled(orderId: string, life: Life, body: HistoryRecord['body']): void {
    const number = String(body['brokerOrderId']);
    const leg = life.legs.get(number);
    if (leg === undefined) return this.#tell('INV-07', orderId, `a fill under number ${number}, which is not its own`);
    const size = Number(body['quantity']);
    if (!Number.isSafeInteger(size) || size < 0) return this.#tell('INV-07', orderId, `a fill of ${size} shares`);
    leg.filled += size;
    if (leg.filled > leg.quantity) {
      this.#tell('INV-07', orderId, `${leg.filled} shares filled of ${leg.quantity} acknowledged`);
    }
  }
}

/** The members of a JSON object; none of anything else. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
