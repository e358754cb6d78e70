import type { BrokerEnvironment } from '#domain/environment.ts';
import type { OrderSide } from '#domain/order.ts';

import { wrongAccount } from '../host/account-check.ts';
import { branches } from '../encode/encode-order-row.ts';
import { fieldReply, refusalReply, type Reply } from '../host/envelope.ts';
import { refusalAnswers } from '../host/reject-answers.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { clockText, orderNumberText } from '../encode/text-fields.ts';
import type { VenueAnswer } from '../venue/venue-answer.ts';

const trading = '/uapi/domestic-stock/v1/trading';

/** Old numbers of before 2025-03 are still in use by public clients. @see spec §5.1 */
const buyIds = ['TTTC0012U', 'TTTC0802U', 'VTTC0012U', 'VTTC0802U'];

/** Orders and changes. @see spec §5.2 and §5.3 */
export const orderRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: `${trading}/order-cash`,
    real: ['TTTC0012U', 'TTTC0011U', 'TTTC0802U', 'TTTC0801U'],
    paper: ['VTTC0012U', 'VTTC0011U', 'VTTC0802U', 'VTTC0801U'],
    handle: placeOrder,
  },
  {
    method: 'POST',
    path: `${trading}/order-rvsecncl`,
    real: ['TTTC0013U', 'TTTC0803U'],
    paper: ['VTTC0013U', 'VTTC0803U'],
    handle: changeOrder,
  },
];

function placeOrder(call: Call, broker: Broker): Reply {
  const wrong = wrongAccount(call, broker);
  if (wrong !== null) return wrong;
  const quantity = wholeNumber(call.field('ORD_QTY'));
  if (quantity === null || quantity < 1) return fieldReply('ORD_QTY');
  const price = wholeNumber(call.field('ORD_UNPR'));
  if (price === null) return fieldReply('ORD_UNPR');
  const stopPrice = stopPriceOf(call);
  if (stopPrice === null) return fieldReply('CNDT_PRIC');
  const side: OrderSide = buyIds.includes(call.trId) ? 'buy' : 'sell';
  const { environment } = call;
  const answer = broker.venue.place({
    environment,
    symbol: call.field('PDNO'),
    side,
    division: call.field('ORD_DVSN'),
    price,
    quantity,
    exchange: exchangeOf(call),
    stopPrice,
  });
  if (answer.kind === 'accepted' && call.fault?.fault === 'exchange-refusal') {
    broker.venue.refuse(environment, answer.number);
  }
  return orderReply(environment, answer, side === 'buy' ? successes.buy : successes.sell);
}

function changeOrder(call: Call, broker: Broker): Reply {
  const wrong = wrongAccount(call, broker);
  if (wrong !== null) return wrong;
  const kind = call.field('RVSE_CNCL_DVSN_CD');
  if (kind !== '01' && kind !== '02') return fieldReply('RVSE_CNCL_DVSN_CD');
  const original = wholeNumber(call.field('ORGN_ODNO'));
  if (original === null) return fieldReply('ORGN_ODNO');
  // On "all" clients send any quantity, and on a full cancellation any price.
  const isAll = call.field('QTY_ALL_ORD_YN').toUpperCase() !== 'N';
  const quantity = isAll ? null : wholeNumber(call.field('ORD_QTY'));
  if (!isAll && (quantity === null || quantity < 1)) return fieldReply('ORD_QTY');
  const price = kind === '02' ? 0 : wholeNumber(call.field('ORD_UNPR'));
  if (price === null) return fieldReply('ORD_UNPR');
  const stopPrice = stopPriceOf(call);
  if (stopPrice === null) return fieldReply('CNDT_PRIC');
  const action = kind === '01' ? 'amend' : 'cancel';
  const answer = broker.venue.change({
    environment: call.environment,
    action,
    original,
    division: call.field('ORD_DVSN') === '' ? '00' : call.field('ORD_DVSN'),
    price,
    quantity,
    stopPrice,
  });
  return orderReply(call.environment, answer, successes[action]);
}

type Success = Readonly<Record<BrokerEnvironment, readonly [code: string, text: string]>>;

const realSuccess = ['APBK0013', '주문 전송 완료 되었습니다.'] as const;

/** @see spec §1.3; paper tells the sides apart */
const successes = {
  buy: { real: realSuccess, paper: ['40600000', '모의투자 매수주문이 완료 되었습니다.'] },
  sell: { real: realSuccess, paper: ['40590000', '모의투자 매도주문이 완료 되었습니다.'] },
  amend: { real: realSuccess, paper: ['40620000', '모의투자 정정주문이 완료 되었습니다.'] },
  cancel: { real: realSuccess, paper: ['40630000', '모의투자 취소주문이 완료 되었습니다.'] },
} as const satisfies Readonly<Record<string, Success>>;

function orderReply(environment: BrokerEnvironment, answer: VenueAnswer, success: Success): Reply {
  if (answer.kind === 'refused') return refusalReply(refusalAnswers[answer.refusal][environment]);
  const [msg_cd, msg1] = success[environment];
  const output = {
    KRX_FWDG_ORD_ORGNO: branches[environment],
    ODNO: orderNumberText(answer.number),
    ORD_TMD: clockText(answer.at),
    // The specification names the field and not what stands in it: the order's own number, where a router was asked.
    SOR_ODNO: answer.exchange === 'SOR' ? orderNumberText(answer.number) : '',
  };
  return { status: 200, body: { rt_cd: '0', msg_cd, msg1, output }, continuation: '' };
}

/** A missing venue means KRX. */
function exchangeOf(call: Call): string {
  const exchange = call.field('EXCG_ID_DVSN_CD').trim();
  return exchange === '' ? 'KRX' : exchange;
}

/** 0 when the order is no stop order or an amendment keeps the price; null when it is no number, or is missing. */
function stopPriceOf(call: Call): number | null {
  const text = call.field('CNDT_PRIC').trim();
  if (text !== '') return wholeNumber(text);
  return call.field('ORD_DVSN') === '22' && call.field('RVSE_CNCL_DVSN_CD') === '' ? null : 0;
}

/** Digits only, as the ledger reads them; null for anything else and past 2^53. */
function wholeNumber(text: string): number | null {
  if (!/^\d{1,16}$/.test(text.trim())) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
