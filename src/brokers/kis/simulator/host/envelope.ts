import type { BrokerEnvironment } from '#domain/environment.ts';

/** Value of the `tr_cont` answer header: `F` and `M` more to come, `D` and `E` the end, empty where paging is no topic. */
export type Continuation = '' | 'F' | 'M' | 'D' | 'E';

/** An answer before it becomes bytes. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly continuation: Continuation;
}

/** Width of `msg1` on ledger answers. */
const messageWidth = 80;

/** Success of a quote: message without padding. */
export function quoteReply(blocks: Readonly<Record<string, unknown>>): Reply {
  const body = { ...blocks, rt_cd: '0', msg_cd: 'MCA00000', msg1: '정상처리 되었습니다.' };
  return { status: 200, body, continuation: '' };
}

/** Success of a question to the ledger: padded message, its code telling whether more pages follow. */
export function ledgerReply(
  environment: BrokerEnvironment,
  blocks: Readonly<Record<string, unknown>>,
  page: { readonly continuation: Continuation; readonly isEmpty: boolean },
): Reply {
  const [code, text] = ledgerMessage(environment, page);
  const body = { ...blocks, rt_cd: '0', msg_cd: code, msg1: text.padEnd(messageWidth) };
  return { status: 200, body, continuation: page.continuation };
}

/** A refusal by the ledger or the REST front: HTTP 200, `rt_cd` other than 0. */
export function refusalReply(answer: {
  readonly rt_cd: string;
  readonly msg_cd: string;
  readonly msg1: string;
}): Reply {
  return { status: 200, body: { ...answer }, continuation: '' };
}

/** A bad field, named in the text: OPSQ2001 and its family. */
export function fieldReply(field: string, code = 'OPSQ2001'): Reply {
  return refusalReply({ rt_cd: '2', msg_cd: code, msg1: `ERROR : INPUT INVALID_CHECK_${field}` });
}

/** An error of the gateway in front: HTTP 500 with the usual three fields. */
export function gatewayReply(code: keyof typeof gatewayTexts): Reply {
  return { status: 500, body: { rt_cd: '1', msg_cd: code, msg1: gatewayTexts[code] }, continuation: '' };
}

/** The other error shape, of the sign-in endpoints: HTTP 403, two fields. */
export function signInError(code: keyof typeof signInTexts): Reply {
  return { status: 403, body: { error_description: signInTexts[code], error_code: code }, continuation: '' };
}

/** `F`, `M`, `D` or `E`: whether this is the first page, and whether it is the last. */
export function continuationOf(isFirstPage: boolean, hasMore: boolean): Continuation {
  if (hasMore) return isFirstPage ? 'F' : 'M';
  return isFirstPage ? 'D' : 'E';
}

function ledgerMessage(
  environment: BrokerEnvironment,
  page: { readonly continuation: Continuation; readonly isEmpty: boolean },
): readonly [code: string, text: string] {
  if (page.continuation === 'F' || page.continuation === 'M') {
    return ['KIOK0500', '조회가 계속됩니다..다음버튼을 Click 하십시오.'];
  }
  if (environment === 'paper') return ['20310000', '모의투자 조회가 완료되었습니다.'];
  return page.isEmpty ? ['KIOK0560', '조회할 내용이 없습니다'] : ['KIOK0510', '조회가 완료되었습니다'];
}

const gatewayTexts = {
  EGW00121: '유효하지 않은 token 입니다.',
  EGW00122: '토큰을 찾을 수 없습니다.',
  EGW00123: '기간이 만료된 token 입니다.',
  EGW00201: '초당 거래건수를 초과하였습니다.',
  EGW00215: '원장 전체 초당 거래건수를 초과하였습니다.',
  EGW00301: '연결 시간이 초과되었습니다. 직전 거래를 반드시 확인하세요.',
  EGW00302: '거래시간이 초과되었습니다. 직전 거래를 반드시 확인하세요.',
  EGW00304: '내부 통신 오류가 발생하였습니다.',
  EGW00310: '유효하지 않은 TR ID 입니다.',
  EGW00316: '조회 처리 중 오류가 발생하였습니다. 다시 시도하세요.',
  EGW02004: '실전투자 TR 이 아닙니다.',
  EGW02006: '모의투자 TR 이 아닙니다.',
} as const;

const signInTexts = {
  EGW00103: '유효하지 않은 AppKey입니다.',
  EGW00105: '유효하지 않은 AppSecret입니다.',
  EGW00101: '잘못된 요청입니다.',
  EGW00133: '접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)',
} as const;
