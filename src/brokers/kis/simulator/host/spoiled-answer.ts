import type { Reply } from './envelope.ts';
import type { FaultName } from './fault-table.ts';
import type { FaultRule } from './faults.ts';

/** An answer as bytes; a length that differs from what is announced means the connection ends early. */
export interface SpoiledAnswer {
  readonly status: number;
  readonly bytes: Buffer;
  readonly announcedLength: number;
  readonly location: string | null;
  /** False leaves the header `tr_cont` out. */
  readonly hasContinuation: boolean;
  /** Milliseconds over which the bytes drip out; 0 sends them at once. */
  readonly dripMs: number;
}

const hugeBytes = 10 * 1024 * 1024;

/** An answer on its way out: as it should be, and as text and bytes. */
interface Leaving {
  readonly reply: Reply;
  readonly rule: FaultRule;
  readonly text: string;
  readonly whole: Buffer;
}

type Spoil = (leaving: Leaving) => SpoiledAnswer;

const html: Spoil = () => answer(500, Buffer.from('<html><body>Internal Server Error</body></html>'));
const half = (whole: Buffer): Buffer => whole.subarray(0, Math.ceil(whole.length / 2));
/** The same status with another text. */
const rewrite =
  (change: (text: string) => string): Spoil =>
  ({ reply, text }) =>
    answer(reply.status, Buffer.from(change(text)));

const spoils: Readonly<Partial<Record<FaultName, Spoil>>> = {
  'malformed-json': ({ reply, whole }) => answer(reply.status, half(whole)),
  'truncated-body': ({ reply, whole }) => ({ ...answer(reply.status, half(whole)), announcedLength: whole.length }),
  'missing-tr-cont': ({ reply, whole }) => ({ ...answer(reply.status, whole), hasContinuation: false }),
  'slow-bytes': ({ reply, whole, rule }) => ({ ...answer(reply.status, whole), dripMs: rule.delayMs }),
  'http-429': () => answer(429, Buffer.from('{"message":"Too Many Requests"}')),
  '500-after': () => answer(500, Buffer.from('{"rt_cd":"1","msg_cd":"EGW00301","msg1":"연결 시간이 초과되었습니다."}')),
  'html-before': html,
  'html-after': html,
  'missing-order-number': rewrite((text) => text.replace(/"ODNO":"\d*",/, '')),
  'numbers-unquoted': rewrite((text) => text.replace(/"(0|-?[1-9]\d*)"(?!:)/g, '$1')),
  'numbers-quoted': rewrite((text) => text.replace(/:(-?\d+(?:\.\d+)?)(?=[,}])/g, ':"$1"')),
  'numbers-as-words': rewrite((text) => text.replace(/:"-?\d+(?:\.\d+)?"/g, ':"만"')),
  'duplicate-keys': rewrite((text) => text.replace('{', '{"rt_cd":"1",')),
  'huge-body': ({ reply, whole }) => answer(reply.status, Buffer.concat([whole, Buffer.alloc(hugeBytes, ' ')])),
  'wrong-charset': ({ reply, text }) => answer(reply.status, Buffer.from(text, 'utf16le')),
  redirect: () => ({ ...answer(302, Buffer.alloc(0)), location: 'http://127.0.0.1:9/' }),
};

/** The bytes of `reply`, spoiled as `rule` says; untouched without one. */
export function spoiledBytes(reply: Reply, rule: FaultRule | null): SpoiledAnswer {
  const text = JSON.stringify(reply.body);
  const whole = Buffer.from(text);
  const spoil = rule === null ? undefined : spoils[rule.fault];
  return rule === null || spoil === undefined ? answer(reply.status, whole) : spoil({ reply, rule, text, whole });
}

function answer(status: number, bytes: Buffer): SpoiledAnswer {
  return { status, bytes, announcedLength: bytes.length, location: null, hasContinuation: true, dripMs: 0 };
}
