import type { Reply } from './envelope.ts';
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

/** The bytes of `reply`, spoiled as `fault` says; untouched without one. */
export function spoiledBytes(reply: Reply, fault: FaultRule | null): SpoiledAnswer {
  const text = JSON.stringify(reply.body);
  const whole = Buffer.from(text);
  switch (fault?.fault) {
    case 'malformed-json':
      return answer(reply.status, whole.subarray(0, Math.ceil(whole.length / 2)));
    case 'truncated-body':
      return { ...answer(reply.status, whole.subarray(0, Math.ceil(whole.length / 2))), announcedLength: whole.length };
    case 'missing-tr-cont':
      return { ...answer(reply.status, whole), hasContinuation: false };
    case 'slow-bytes':
      return { ...answer(reply.status, whole), dripMs: fault.delayMs };
    case 'http-429':
      return answer(429, Buffer.from('{"message":"Too Many Requests"}'));
    case '500-after':
      return answer(500, Buffer.from('{"rt_cd":"1","msg_cd":"EGW00301","msg1":"연결 시간이 초과되었습니다."}'));
    case 'html-before':
    case 'html-after':
      return answer(500, Buffer.from('<html><body>Internal Server Error</body></html>'));
    case 'missing-order-number':
      return answer(reply.status, Buffer.from(text.replace(/"ODNO":"\d*",/, '')));
    case 'numbers-unquoted':
      return answer(reply.status, Buffer.from(text.replace(/"(0|-?[1-9]\d*)"(?!:)/g, '$1')));
    case 'numbers-quoted':
      return answer(reply.status, Buffer.from(text.replace(/:(-?\d+(?:\.\d+)?)(?=[,}])/g, ':"$1"')));
    case 'numbers-as-words':
      return answer(reply.status, Buffer.from(text.replace(/:"-?\d+(?:\.\d+)?"/g, ':"만"')));
    case 'duplicate-keys':
      return answer(reply.status, Buffer.from(text.replace('{', '{"rt_cd":"1",')));
    case 'huge-body':
      return answer(reply.status, Buffer.concat([whole, Buffer.alloc(hugeBytes, ' ')]));
    case 'wrong-charset':
      return answer(reply.status, Buffer.from(text, 'utf16le'));
    case 'redirect':
      return { ...answer(302, Buffer.alloc(0)), location: 'http://127.0.0.1:9/' };
    default:
      return answer(reply.status, whole);
  }
}

function answer(status: number, bytes: Buffer): SpoiledAnswer {
  return { status, bytes, announcedLength: bytes.length, location: null, hasContinuation: true, dripMs: 0 };
}
