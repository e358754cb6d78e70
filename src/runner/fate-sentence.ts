import type { OrderUpdate } from '#strategy/strategy.ts';

/** What became of an order, when it is something the person would not expect; null when it is not. */
export function fateSentence({ state, code }: OrderUpdate): string | null {
  switch (state) {
    case 'denied':
      return `안전 점검이 주문을 막았어요. (${code ?? state})`;
    case 'rejected':
      return `증권사가 주문을 거부했어요. (${code ?? state})`;
    case 'unknown':
      return '주문이 들어갔는지 아직 알 수 없어요. 확인하고 있어요.';
    case 'not-sent':
      return '주문을 보내지 못했어요.';
    default:
      return null;
  }
}
