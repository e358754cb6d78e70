import type { BrokerEnvironment } from '#domain/environment.ts';

/** Why the broker refuses an order, in our words. */
export type Refusal =
  | 'before-open'
  | 'closed'
  | 'not-a-trading-day'
  | 'cash'
  | 'shares'
  | 'nothing-left'
  | 'division'
  | 'symbol'
  | 'tick'
  | 'price-limit'
  | 'exchange'
  /** A market order where none may be. */
  | 'market-order'
  /** A kind that the after-market does not know. */
  | 'after-market-kind';

/** What stands in the answer, HTTP 200. */
export interface RefusalAnswer {
  readonly rt_cd: '1' | '7';
  readonly msg_cd: string;
  readonly msg1: string;
}

const answer = (rt_cd: '1' | '7', msg_cd: string, msg1: string): RefusalAnswer => ({ rt_cd, msg_cd, msg1 });

/**
 * The broker's codes. Ledger refusals carry `rt_cd` 7 and session hours 1; on paper everything in the 40… family
 * carries 1. The real host has no documented code of its own for ticks, limits and venue: APBK1672's text varies, and
 * that is where they are.
 *
 * @see spec §3.4
 */
export const refusalAnswers: Readonly<Record<Refusal, Readonly<Record<BrokerEnvironment, RefusalAnswer>>>> = {
  'before-open': {
    real: answer('1', 'APBK0918', '장운영시간이 아닙니다.(주문불가)'),
    paper: answer('1', '40570000', '모의투자 장시작전 입니다.'),
  },
  closed: {
    real: answer('1', 'APBK0918', '장운영시간이 아닙니다.(주문불가)'),
    paper: answer('1', '40580000', '모의투자 장종료 입니다.'),
  },
  'not-a-trading-day': {
    real: answer('1', 'APBK0919', '장운영일자가 주문일과 상이합니다'),
    paper: answer('1', '40100000', '모의투자 영업일이 아닙니다.'),
  },
  cash: {
    real: answer('7', 'APBK0952', '주문가능금액을 초과 했습니다'),
    paper: answer('1', '40250000', '모의투자 주문가능금액이 부족합니다.'),
  },
  shares: both('7', 'APBK0400', '주문 가능한 수량을 초과했습니다.'),
  'nothing-left': both('7', 'APBK0927', '정정/취소할 수량이 없습니다.'),
  division: both('7', 'APBK0963', '주문구분을 확인 하십시오.'),
  'market-order': both('7', 'APBK1943', '시장가 주문이 불가합니다.'),
  'after-market-kind': both('7', 'APBK3013', '애프터마켓은 지정가/최유리/최우선 호가만 가능합니다.'),
  symbol: {
    real: answer('7', 'APBK0656', '해당종목정보가 없습니다.'),
    paper: answer('1', '40070000', '모의투자 주문처리가 안되었습니다(매매불가 종목)'),
  },
  tick: {
    real: answer('7', 'APBK1672', '호가단위를 확인 하십시오.'),
    paper: answer('1', '40030000', '모의투자 호가단위 오류입니다.'),
  },
  'price-limit': {
    real: answer('7', 'APBK1672', '상하한가를 벗어난 주문단가입니다.'),
    paper: answer('1', '40910000', '모의투자 주문단가가 상하한가를 벗어났습니다.'),
  },
  exchange: {
    real: answer('7', 'APBK1672', '모의/실전 지원하지 않는 거래소 구분입니다.'),
    paper: answer('1', '40910000', '모의투자는 KRX 주문만 가능합니다.'),
  },
};

function both(rt_cd: '1' | '7', code: string, text: string): Readonly<Record<BrokerEnvironment, RefusalAnswer>> {
  return { real: answer(rt_cd, code, text), paper: answer(rt_cd, code, text) };
}
