import type { Reply } from './envelope.ts';
import type { FaultMemory } from './fault-memory.ts';
import type { FaultName } from './fault-table.ts';

type Block = Readonly<Record<string, unknown>>;
type Change = (block: Block) => Block;

/** Field under which every quote gives the last price. */
const priceField = 'stck_prpr';

/** What a fault writes over the fields of a quote's first block. */
const changes: Readonly<Partial<Record<FaultName, Change>>> = {
  'zero-price': (block) => withPrice(block, () => '0'),
  'negative-price': (block) => withPrice(block, (price) => `-${price}`),
  // No table of ticks has a step of one won above 2,000, and none a fraction.
  'odd-tick': (block) => withPrice(block, (price) => String(Number(price) + (Number(price) % 2 === 0 ? 1 : 2))),
  'trading-halt': (block) => over(block, { iscd_stat_cls_code: '58', temp_stop_yn: 'Y', trht_yn: 'Y' }),
  'volatility-interruption': (block) => over(block, { vi_cls_code: 'Y' }),
};

/** `reply` with the lies that `fault` tells about the market; the same object for every other fault. */
export function spoiledReply(reply: Reply, fault: FaultName | null): Reply {
  const change = fault === null ? undefined : changes[fault];
  return change === undefined ? reply : { ...reply, body: changedBlocks(reply.body, change) };
}

/** Rows of the order list that another screen wrote do not carry the address and mark of the Open API. */
export function strangersShown(reply: Reply, memory: FaultMemory): Reply {
  const isOwn = (block: Block): boolean => typeof block['odno'] !== 'string' || !memory.isStranger(block['odno']);
  const change: Change = (block) => (isOwn(block) ? block : over(block, { inqr_ip_addr: '127.0.0.2', ordr_empno: '' }));
  return { ...reply, body: changedBlocks(reply.body, change) };
}

/** Every block of an answer, single or in rows, as `change` makes it. */
function changedBlocks(body: Block, change: Change): Block {
  const changed = Object.entries(body).map(([name, value]) => [name, changedValue(value, change)] as const);
  return Object.fromEntries(changed);
}

function changedValue(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map((row: unknown) => (isBlock(row) ? change(row) : row));
  return isBlock(value) ? change(value) : value;
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withPrice(block: Block, make: (price: string) => string): Block {
  const price = block[priceField];
  return typeof price === 'string' ? { ...block, [priceField]: make(price) } : block;
}

/** Only fields that the block has: none is invented. */
function over(block: Block, values: Readonly<Record<string, string>>): Block {
  const known = Object.entries(values).filter(([name]) => name in block);
  return known.length === 0 ? block : { ...block, ...Object.fromEntries(known) };
}
