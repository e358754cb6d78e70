import { change, inquiry, type KisEndpoint } from './endpoint.ts';

const trading = '/uapi/domestic-stock/v1/trading';

/** Orders in Korean stocks and what the account says. @see spec §5.1 */
export const tradingEndpoints = {
  buy: {
    ...change(`${trading}/order-cash`, 'TTTC0012U', 'VTTC0012U'),
    legacyReal: 'TTTC0802U',
    legacyPaper: 'VTTC0802U',
  },
  sell: {
    ...change(`${trading}/order-cash`, 'TTTC0011U', 'VTTC0011U'),
    legacyReal: 'TTTC0801U',
    legacyPaper: 'VTTC0801U',
  },
  /** One TR for both: `RVSE_CNCL_DVSN_CD` 01 amends, 02 cancels. */
  amend: {
    ...change(`${trading}/order-rvsecncl`, 'TTTC0013U', 'VTTC0013U'),
    legacyReal: 'TTTC0803U',
    legacyPaper: 'VTTC0803U',
  },
  cancel: {
    ...change(`${trading}/order-rvsecncl`, 'TTTC0013U', 'VTTC0013U', 'cancel'),
    legacyReal: 'TTTC0803U',
    legacyPaper: 'VTTC0803U',
  },
  /** Working orders that can be amended or cancelled; on paper the daily list with `CCLD_DVSN` 02 takes its place. */
  workingOrders: { ...inquiry(`${trading}/inquire-psbl-rvsecncl`, 'TTTC0084R', null), legacyReal: 'TTTC8036R' },
  /** The slowest of all and capped for all customers together (EGW00215). */
  balance: { ...inquiry(`${trading}/inquire-balance`, 'TTTC8434R', 'VTTC8434R'), spacingMs: 1_000 },
  realisedBalance: { ...inquiry(`${trading}/inquire-balance-rlz-pl`, 'TTTC8494R', null), spacingMs: 1_000 },
  buyable: inquiry(`${trading}/inquire-psbl-order`, 'TTTC8908R', 'VTTC8908R'),
  sellable: inquiry(`${trading}/inquire-psbl-sell`, 'TTTC8408R', null),
  /** Orders and fills of the last three months. */
  orders: {
    ...inquiry(`${trading}/inquire-daily-ccld`, 'TTTC0081R', 'VTTC0081R'),
    legacyReal: 'TTTC8001R',
    legacyPaper: 'VTTC8001R',
  },
  /** Orders and fills older than three months. */
  oldOrders: {
    ...inquiry(`${trading}/inquire-daily-ccld`, 'CTSC9215R', 'VTSC9215R'),
    legacyReal: 'CTSC9115R',
    legacyPaper: 'VTSC9115R',
  },
  reserve: change(`${trading}/order-resv`, 'CTSC0008U', null),
  cancelReservation: change(`${trading}/order-resv-rvsecncl`, 'CTSC0009U', null, 'cancel'),
  amendReservation: change(`${trading}/order-resv-rvsecncl`, 'CTSC0013U', null),
  reservations: inquiry(`${trading}/order-resv-ccnl`, 'CTSC0004R', null),
  profitByDay: inquiry(`${trading}/inquire-period-profit`, 'TTTC8708R', null),
  profitByTrade: inquiry(`${trading}/inquire-period-trade-profit`, 'TTTC8715R', null),
  assets: inquiry(`${trading}/inquire-account-balance`, 'CTRP6548R', null),
} as const satisfies Readonly<Record<string, KisEndpoint>>;
