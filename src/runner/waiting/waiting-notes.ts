import { Halt } from '#domain/errors.ts';
import type { OrderSide } from '#domain/order.ts';
import { plainDate } from '#domain/trading-date.ts';
import { say } from '#link/language.ts';
import { wonText } from '#strategy/korean-number.ts';
import type { LastPrice } from '#strategy/triggers/last-prices.ts';

const action = (side: OrderSide): string => (side === 'buy' ? '매수' : '매도');

const dayText = (date: number): string => plainDate(date).toString();

/** What the decision log says of orders that waited over a restart, each a machine code and a sentence. */
export const notes = {
  missed: (side: OrderSide, price: number) =>
    `waiting:missed 꺼져 있는 동안 기다리던 가격을 지났어요. 처음 본 가격 ${wonText(price)}에 ${action(side)}해요.`,
  again: (side: OrderSide, price: number) =>
    `waiting:again 꺼지기 직전에 내려던 ${action(side)} 주문을 같은 번호로 보내요. 지금 가격은 ${wonText(price)}이에요.`,
  tooLate: (side: OrderSide) => `waiting:too-late 지난 거래일에 내려던 ${action(side)} 주문은 나가지 않고 끝났어요.`,
  held: ({ price: before, date }: LastPrice, price: number) =>
    `waiting:held 가격의 기준이 바뀌었어요(액면분할·병합, 권리락 등). ${dayText(date)}에는 ${wonText(before)}, 지금은 ` +
    `${wonText(price)}이에요. 옛 가격을 기다리던 주문은 붙잡아 두었고 나가지 않아요. 주식을 직접 챙기고, 주문을 거두거나 새 가격으로 ` +
    `다시 내 주세요. / The price has another basis (a split, rights or the like): ${before.toLocaleString('en-US')} won on ${dayText(date)}, ` +
    `${price.toLocaleString('en-US')} won now. What waits at the old price is held and sends nothing. Look after the shares; take the orders back, ` +
    'or ask again at the new price.',
  sold: 'waiting:sold 보유하던 주식이 계좌에 없어서 기다리던 매도 주문을 지웠어요.',
} as const;

/** For the screen, when the disk refuses what happened to orders that wait. */
export const unsavedSentence =
  '기다리는 주문이 바뀐 것을 저장하지 못했어요. 저장될 때까지 끄지 말고 디스크를 확인해 주세요.';

/** For the screen, when a strategy ends while something of it waits. */
export const unwatchedSentence = '다시 켤 때까지 손절과 목표가를 지켜보지 않아요. 직접 챙겨 주세요.';

/** For the screen, when the disk refuses the record of the day. */
export const unrecordedSentence =
  '하루 기록을 쓰지 못해서 이번 실행은 되짚어 확인할 수 없어요. 매매와 주문 기록은 그대로예요.';

/** An order that must outlive this process was not taken, because the disk refused it. */
export function unsavedOrder(cause: unknown): Halt {
  return new Halt(
    'runner.waiting-unsaved',
    say(
      '기다리는 주문을 디스크에 저장하지 못해서 주문을 받지 않았어요. 디스크를 확인해 주세요.',
      'Cannot keep an order that waits: the disk refused it, wanted it to outlive a restart.',
    ),
    { cause },
  );
}
