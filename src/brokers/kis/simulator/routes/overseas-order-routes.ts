import type { BrokerEnvironment } from '#domain/environment.ts';

import { overseasEndpoints } from '../../endpoints/overseas.ts';
import { branches } from '../encode/encode-order-row.ts';
import { clockText, orderNumberText } from '../encode/text-fields.ts';
import { wrongAccount } from '../host/account-check.ts';
import { fieldReply, refusalReply, type Reply } from '../host/envelope.ts';
import { refusalAnswers, type RefusalAnswer } from '../host/reject-answers.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import type { UsAnswer, UsRefusal } from '../overseas/us-venue.ts';
import { closedOverseasOrders, otherCountryChangeIds, otherCountryOrderIds } from './overseas-empty-table.ts';

const { buy, sell, amend } = overseasEndpoints;
/** An older client's names of the same operations. @see spec §6.2 */
const oldIds = { buy: 'JTTT1002U', sell: 'JTTT1006U', change: 'JTTT1004U' };
const buyIds = idsOf(buy.real, buy.paper, oldIds.buy);
const sellIds = idsOf(sell.real, sell.paper, sell.legacyPaper, oldIds.sell);

/** Orders in US stocks and changes of them. @see spec §6.2 */
export const overseasOrderRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: buy.path,
    real: [buy.real, sell.real, oldIds.buy, oldIds.sell, ...otherCountryOrderIds.map((id) => `T${id}`)],
    paper: [...idsOf(buy.paper, sell.paper, sell.legacyPaper), ...otherCountryOrderIds.map((id) => `V${id}`)],
    handle: placeOrder,
  },
  {
    method: 'POST',
    path: amend.path,
    real: [amend.real, oldIds.change, ...otherCountryChangeIds.map((id) => `T${id}`)],
    paper: [...idsOf(amend.paper), ...otherCountryChangeIds.map((id) => `V${id}`)],
    handle: changeOrder,
  },
  ...closedOverseasOrders.map(({ path, real, paper }): Route => ({
    method: 'POST',
    path,
    real,
    paper,
    handle: (call, broker) =>
      wrongAccount(call, broker) ?? orderReply(call.environment, { kind: 'refused', refusal: 'closed' }),
  })),
];

function idsOf(...ids: readonly (string | null | undefined)[]): readonly string[] {
  return ids.filter((id) => typeof id === 'string');
}

function placeOrder(call: Call, broker: Broker): Reply {
  const wrong = wrongAccount(call, broker);
  if (wrong !== null) return wrong;
  const isBuy = buyIds.includes(call.trId);
  // Orders for other countries' exchanges are taken by the host and refused by a market that is not simulated.
  if (!isBuy && !sellIds.includes(call.trId))
    return orderReply(call.environment, { kind: 'refused', refusal: 'closed' });
  const quantity = wholeNumber(call.field('ORD_QTY'));
  if (quantity === null || quantity < 1) return fieldReply('ORD_QTY');
  const price = ticksOf(call.field('OVRS_ORD_UNPR'));
  if (price === null) return fieldReply('OVRS_ORD_UNPR');
  const { environment } = call;
  const answer = broker.us.place({
    environment,
    exchange: call.field('OVRS_EXCG_CD').trim(),
    symbol: call.field('PDNO').trim(),
    side: isBuy ? 'buy' : 'sell',
    division: call.field('ORD_DVSN').trim() === '' ? '00' : call.field('ORD_DVSN').trim(),
    price,
    quantity,
  });
  return orderReply(environment, answer, isBuy ? '매수' : '매도');
}

function changeOrder(call: Call, broker: Broker): Reply {
  const wrong = wrongAccount(call, broker);
  if (wrong !== null) return wrong;
  const kind = call.field('RVSE_CNCL_DVSN_CD');
  if (kind !== '01' && kind !== '02') return fieldReply('RVSE_CNCL_DVSN_CD');
  const original = wholeNumber(call.field('ORGN_ODNO'));
  if (original === null) return fieldReply('ORGN_ODNO');
  const quantity = wholeNumber(call.field('ORD_QTY') === '' ? '0' : call.field('ORD_QTY'));
  if (quantity === null) return fieldReply('ORD_QTY');
  const price = kind === '02' ? 0 : ticksOf(call.field('OVRS_ORD_UNPR'));
  if (price === null) return fieldReply('OVRS_ORD_UNPR');
  const { environment } = call;
  const action = kind === '01' ? 'amend' : 'cancel';
  // Clients that mean everything send 0 as well as the number.
  const answer = broker.us.change({ environment, action, original, price, quantity: quantity === 0 ? null : quantity });
  return orderReply(environment, answer, action === 'amend' ? '정정' : '취소');
}

/** Codes of paper for its four kinds of success. @see spec §1.3 */
const paperCodes: Readonly<Record<string, string>> = {
  매수: '40600000',
  매도: '40590000',
  정정: '40620000',
  취소: '40630000',
};

/** @see spec §3.4 and §6.2: APBK1664 while the market is closed; a price of 0 is refused */
const refusals: Readonly<Record<UsRefusal, Readonly<Record<BrokerEnvironment, RefusalAnswer>>>> = {
  closed: same('1', 'APBK1664', '해외주식 장운영시간이 아닙니다.'),
  price: {
    real: { rt_cd: '7', msg_cd: 'APBK1672', msg1: '주문단가를 확인 하십시오.' },
    paper: { rt_cd: '1', msg_cd: '40910000', msg1: '모의투자 주문단가가 올바르지 않습니다.' },
  },
  cash: refusalAnswers.cash,
  shares: refusalAnswers.shares,
  'nothing-left': refusalAnswers['nothing-left'],
  division: refusalAnswers.division,
  symbol: refusalAnswers.symbol,
};

function same(rt_cd: '1' | '7', msg_cd: string, msg1: string): Readonly<Record<BrokerEnvironment, RefusalAnswer>> {
  return { real: { rt_cd, msg_cd, msg1 }, paper: { rt_cd, msg_cd, msg1 } };
}

function orderReply(environment: BrokerEnvironment, answer: UsAnswer, what = ''): Reply {
  if (answer.kind === 'refused') return refusalReply(refusals[answer.refusal][environment]);
  const [msg_cd, msg1] =
    environment === 'real'
      ? ['APBK0013', '주문 전송 완료 되었습니다.']
      : [paperCodes[what] ?? '40600000', `모의투자 ${what}주문이 완료 되었습니다.`];
  const output = {
    KRX_FWDG_ORD_ORGNO: branches[environment],
    ODNO: orderNumberText(answer.number),
    ORD_TMD: clockText(answer.at),
  };
  return { status: 200, body: { rt_cd: '0', msg_cd, msg1, output }, continuation: '' };
}

/** Dollars with at most four decimals as 1/10,000 dollar; null for anything else. */
function ticksOf(text: string): number | null {
  const parts = /^(\d{1,9})(?:\.(\d{1,8}))?$/.exec(text.trim());
  if (parts === null) return null;
  const fraction = (parts[2] ?? '').padEnd(8, '0');
  return fraction.slice(4) === '0000' ? Number(parts[1]) * 10_000 + Number(fraction.slice(0, 4)) : null;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,10}$/.test(text.trim()) ? Number(text) : null;
}
