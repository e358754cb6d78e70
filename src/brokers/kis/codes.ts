import type { RejectReason } from '../broker.ts';

/** What an answer with this code says about an order that was sent. */
export type OrderOutcome = 'rejected' | 'unknown';

export interface KisCode {
  readonly meaning: string;
  readonly outcome: OrderOutcome;
  readonly reason: RejectReason;
}

/**
 * Codes of the gateway in front of the ledger, HTTP 500 unless noted. `rejected` stands only where KIS documents that
 * the call was refused before it reached the ledger; for the rest an order may exist.
 *
 * @see spec §3.2
 */
export const gatewayCodes: Readonly<Record<string, KisCode>> = {
  EGW00001: { meaning: 'temporary or system error', outcome: 'unknown', reason: 'unmapped' },
  EGW00002: { meaning: 'temporary or system error', outcome: 'unknown', reason: 'unmapped' },
  EGW00003: { meaning: 'temporary or system error', outcome: 'unknown', reason: 'unmapped' },
  EGW00004: { meaning: 'temporary or system error', outcome: 'unknown', reason: 'unmapped' },
  EGW00101: { meaning: 'bad grant type', outcome: 'rejected', reason: 'authentication' },
  EGW00102: { meaning: 'app information missing', outcome: 'rejected', reason: 'authentication' },
  EGW00103: { meaning: 'invalid app key', outcome: 'rejected', reason: 'authentication' },
  EGW00104: { meaning: 'app information missing', outcome: 'rejected', reason: 'authentication' },
  EGW00105: { meaning: 'invalid app secret', outcome: 'rejected', reason: 'authentication' },
  EGW00121: { meaning: 'invalid token', outcome: 'rejected', reason: 'authentication' },
  EGW00122: { meaning: 'token not found', outcome: 'rejected', reason: 'authentication' },
  EGW00123: { meaning: 'token expired', outcome: 'rejected', reason: 'authentication' },
  EGW00131: { meaning: 'invalid hashkey', outcome: 'rejected', reason: 'invalid-field' },
  EGW00132: { meaning: 'wrong content type', outcome: 'rejected', reason: 'invalid-field' },
  EGW00133: { meaning: 'token issue throttled, one a minute (HTTP 403)', outcome: 'rejected', reason: 'rate-limit' },
  EGW00201: { meaning: 'calls a second exceeded', outcome: 'rejected', reason: 'rate-limit' },
  EGW00202: { meaning: 'gateway routing error', outcome: 'unknown', reason: 'unmapped' },
  EGW00203: { meaning: 'OPS routing error', outcome: 'unknown', reason: 'unmapped' },
  EGW00205: { meaning: 'credentials type', outcome: 'rejected', reason: 'authentication' },
  EGW00206: { meaning: 'no permission for this API', outcome: 'rejected', reason: 'authentication' },
  EGW00207: { meaning: 'ip missing or invalid', outcome: 'rejected', reason: 'invalid-field' },
  EGW00208: { meaning: 'custtype missing or invalid', outcome: 'rejected', reason: 'invalid-field' },
  EGW00209: { meaning: 'seq_no missing or invalid', outcome: 'rejected', reason: 'invalid-field' },
  EGW00210: { meaning: 'corporate not allowed on paper', outcome: 'rejected', reason: 'authentication' },
  EGW00211: { meaning: 'account type not allowed here', outcome: 'rejected', reason: 'authentication' },
  EGW00212: { meaning: 'account type not allowed here', outcome: 'rejected', reason: 'authentication' },
  EGW00213: { meaning: 'product or TR not allowed here', outcome: 'rejected', reason: 'authentication' },
  EGW00215: { meaning: 'ledger-wide cap on balances, retry', outcome: 'rejected', reason: 'rate-limit' },
  EGW00300: { meaning: 'routing error', outcome: 'unknown', reason: 'unmapped' },
  EGW00301: { meaning: 'connect timeout: check the previous trade', outcome: 'unknown', reason: 'unmapped' },
  EGW00302: { meaning: 'transaction timeout: check the previous trade', outcome: 'unknown', reason: 'unmapped' },
  EGW00303: { meaning: 'internal communication error', outcome: 'unknown', reason: 'unmapped' },
  EGW00304: { meaning: 'internal communication error', outcome: 'unknown', reason: 'unmapped' },
  EGW00310: { meaning: 'invalid TR id', outcome: 'rejected', reason: 'invalid-field' },
  EGW00316: { meaning: 'error while processing the query', outcome: 'unknown', reason: 'unmapped' },
  EGW02004: { meaning: 'not a TR of the real host', outcome: 'rejected', reason: 'authentication' },
  EGW02006: { meaning: 'not a TR of the paper host', outcome: 'rejected', reason: 'authentication' },
};

/**
 * Refusals of the ledger and of the REST front, HTTP 200 with `rt_cd` other than 0. Codes that are listed and not
 * explained, and those of a front that may have passed the order on, stay unknown. `rt_cd` 1 and 7 are not used
 * consistently by the broker, so nothing branches on which of them it is.
 *
 * @see spec §3.3 and §3.4
 */
export const ledgerCodes: Readonly<Record<string, KisCode>> = {
  APBK0918: { meaning: 'market closed', outcome: 'rejected', reason: 'market-closed' },
  APBK0919: { meaning: 'not a business day', outcome: 'rejected', reason: 'not-a-trading-day' },
  APBK0952: { meaning: 'exceeds the orderable amount', outcome: 'rejected', reason: 'not-enough-cash' },
  APBK0400: { meaning: 'exceeds the sellable quantity', outcome: 'rejected', reason: 'not-enough-shares' },
  APBK1234: { meaning: 'holding shortage', outcome: 'rejected', reason: 'not-enough-shares' },
  APBK0927: { meaning: 'nothing left to amend or cancel', outcome: 'rejected', reason: 'nothing-left' },
  APBK0963: { meaning: 'bad order type code', outcome: 'rejected', reason: 'order-type' },
  APBK1943: { meaning: 'market order not allowed', outcome: 'rejected', reason: 'order-type' },
  APBK3013: { meaning: 'after-market takes other order types', outcome: 'rejected', reason: 'order-type' },
  APBK0656: { meaning: 'unknown symbol', outcome: 'rejected', reason: 'unknown-instrument' },
  APBK1664: { meaning: 'overseas market closed', outcome: 'rejected', reason: 'market-closed' },
  APBK1672: { meaning: 'ledger reject, text varies', outcome: 'rejected', reason: 'unmapped' },
  APAM3099: { meaning: 'ledger reject, text varies', outcome: 'rejected', reason: 'unmapped' },
  '40570000': { meaning: 'paper: before the open', outcome: 'rejected', reason: 'market-closed' },
  '40580000': { meaning: 'paper: after the close', outcome: 'rejected', reason: 'market-closed' },
  '40100000': { meaning: 'paper: not a business day', outcome: 'rejected', reason: 'not-a-trading-day' },
  '40070000': { meaning: 'paper: symbol not tradable', outcome: 'rejected', reason: 'unknown-instrument' },
  '40030000': { meaning: 'paper: tick size', outcome: 'rejected', reason: 'tick-size' },
  '40250000': { meaning: 'paper: cash shortage', outcome: 'rejected', reason: 'not-enough-cash' },
  '40910000': { meaning: 'paper: order not allowed', outcome: 'rejected', reason: 'unmapped' },
  OPSQ0001: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0002: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0003: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0004: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0005: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0006: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0007: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0008: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0009: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0010: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ0011: { meaning: 'error of the REST front', outcome: 'unknown', reason: 'unmapped' },
  OPSQ1002: { meaning: 'session error, or too many sessions', outcome: 'unknown', reason: 'unmapped' },
  OPSQ2000: { meaning: 'account does not match the app key', outcome: 'rejected', reason: 'authentication' },
  OPSQ2001: { meaning: 'bad field value, named in the text', outcome: 'rejected', reason: 'invalid-field' },
  OPSQ2002: { meaning: 'field too long', outcome: 'rejected', reason: 'invalid-field' },
  OPSQ2003: { meaning: 'listed without a meaning', outcome: 'unknown', reason: 'unmapped' },
  OPSQ3001: { meaning: 'listed without a meaning', outcome: 'unknown', reason: 'unmapped' },
  OPSQ3002: { meaning: 'listed without a meaning', outcome: 'unknown', reason: 'unmapped' },
  OPSQ3003: { meaning: 'listed without a meaning', outcome: 'unknown', reason: 'unmapped' },
  OPSQ3004: { meaning: 'listed without a meaning', outcome: 'unknown', reason: 'unmapped' },
  OPSQ9995: { meaning: 'malformed JSON', outcome: 'rejected', reason: 'invalid-field' },
  OPSQ9996: { meaning: 'malformed JSON', outcome: 'rejected', reason: 'invalid-field' },
  OPSQ9997: { meaning: 'malformed JSON', outcome: 'rejected', reason: 'invalid-field' },
  OPSQ9998: { meaning: 'malformed JSON', outcome: 'rejected', reason: 'invalid-field' },
  OPSQ9999: { meaning: 'malformed JSON', outcome: 'rejected', reason: 'invalid-field' },
  IGW00002: { meaning: 'account mismatch', outcome: 'rejected', reason: 'authentication' },
  IGW00007: { meaning: 'listed without a meaning', outcome: 'unknown', reason: 'unmapped' },
  IGW00009: { meaning: 'the answer could not be composed', outcome: 'unknown', reason: 'unmapped' },
  IGW00036: { meaning: 'listed without a meaning', outcome: 'unknown', reason: 'unmapped' },
};

/** Codes after which the token must be dropped; the next call asks for a new one. */
export const tokenCodes: ReadonlySet<string> = new Set(['EGW00121', 'EGW00122', 'EGW00123']);

/** Codes of websocket acknowledgements. @see spec §7.3 */
export const socketCodes = {
  subscribed: 'OPSP0000',
  unsubscribed: 'OPSP0001',
  alreadySubscribed: 'OPSP0002',
  notSubscribed: 'OPSP0003',
  internalError: 'OPSP0007',
  tooManyRegistrations: 'OPSP0008',
  invalidAppKey: 'OPSP0010',
  invalidApproval: 'OPSP0011',
  appKeyInUse: 'OPSP8996',
} as const;

/** `ORD_DVSN` of a plain limit order for the day; all others are in account/order-divisions.ts. @see spec §5.2 */
export const plainDivision = '00';

/** `SLL_BUY_DVSN_CD` and the notice's `SELN_BYOV_CLS`. */
export const sideCodes = { sell: '01', buy: '02' } as const;

/** `CCLD_DVSN` of the daily list. */
export const fillCodes = { all: '00', filled: '01', unfilled: '02' } as const;

/** `ORD_OBJT_CBLC_DVSN_CD` of a reservation: cash shares, no credit. */
export const cashBalanceCode = '10';

/** `RVSE_CNCL_DVSN_CD`. */
export const changeCodes = { amend: '01', cancel: '02' } as const;

/** `EXCG_ID_DVSN_CD`; paper knows KRX only. */
export const exchangeCode = 'KRX';

/** `EXCG_ID_DVSN_CD` of an inquiry over every venue; real only. */
export const allExchangesCode = 'ALL';
