const trading = '/uapi/overseas-stock/v1/trading';

/** Orders for Shanghai, Shenzhen, Tokyo, Vietnam and Hong Kong by TR id without its first letter. @see spec §6.2 */
export const otherCountryOrderIds: readonly string[] = [
  'TTS0202U',
  'TTS1005U',
  'TTS0305U',
  'TTS0304U',
  'TTS0308U',
  'TTS0307U',
  'TTS0311U',
  'TTS0310U',
  'TTS1002U',
  'TTS1001U',
];

/** Amendments and cancels in Hong Kong, Tokyo, Shanghai and Shenzhen, Vietnam, as one public client sends them. */
export const otherCountryChangeIds: readonly string[] = ['TTS1003U', 'TTS0309U', 'TTS0302U', 'TTS0312U'];

/** Orders that are taken by the host and refused as outside market hours: no such market is simulated. */
export const closedOverseasOrders: readonly Pick<EmptyEndpoint, 'path' | 'real' | 'paper'>[] = [
  closed('order-resv', ['TTTT3014U', 'TTTT3016U', 'TTTS3013U'], ['VTTT3014U', 'VTTT3016U', 'VTTS3013U']),
  closed('order-resv-ccnl', ['TTTT3017U'], ['VTTT3017U']),
  closed('daytime-order', ['TTTS6036U', 'TTTS6037U'], []),
  closed('daytime-order-rvsecncl', ['TTTS6038U'], []),
];

/** An operation that answers like an account or a market in which nothing of the kind exists. */
export interface EmptyEndpoint {
  readonly path: string;
  readonly real: readonly string[];
  readonly paper: readonly string[];
  /** Blocks of rows, which are empty arrays, and of one row, which are empty objects. */
  readonly rows: readonly string[];
  readonly single: readonly string[];
  /** Width of the page keys; null for quotes, which have none and need no account. */
  readonly keys: 100 | 200 | null;
}

const prices = '/uapi/overseas-price/v1/quotations';
const ranking = '/uapi/overseas-stock/v1/ranking';

/** Overseas endpoints of appendix C that are not simulated. @see spec §11.5 */
export const emptyOverseasEndpoints: readonly EmptyEndpoint[] = [
  ledger('algo-ordno', 'TTTS6058R', ['output']),
  ledger('inquire-algo-ccnl', 'TTTS6059R', ['output']),
  { ...ledger('foreign-margin', 'TTTC2101R', ['output']), keys: 100 },
  { ...ledger('inquire-paymt-stdr-balance', 'CTRP6010R', ['output1', 'output2'], ['output3']), keys: 100 },
  { ...ledger('inquire-period-trans', 'CTOS4001R', ['output1'], ['output2']), keys: 100 },
  { ...ledger('order-resv-list', 'TTTT3039R', ['output']), real: ['TTTT3039R', 'TTTS3014R'] },
  price('inquire-daily-chartprice', 'FHKST03030100', ['output2'], ['output1'], true),
  price('inquire-time-indexchartprice', 'FHKST03030200', ['output2'], ['output1']),
  price('inquire-search', 'HHDFS76410000', ['output2'], ['output1'], true),
  price('inquire-ccnl', 'HHDFS76200300', ['output1']),
  price('industry-price', 'HHDFS76370100', ['output2'], ['output1']),
  price('industry-theme', 'HHDFS76370000', ['output2'], ['output1']),
  price('brknews-title', 'FHKST01011801', ['output']),
  price('news-title', 'HHPSTH60100C1', ['outblock1']),
  price('colable-by-company', 'CTLN4050R', ['output1'], ['output2']),
  price('period-rights', 'CTRGT011R', ['output']),
  price('rights-by-ice', 'HHDFS78330900', ['output1']),
  rank('market-cap', 'HHDFS76350100'),
  rank('new-highlow', 'HHDFS76300000'),
  rank('price-fluct', 'HHDFS76260000'),
  rank('trade-growth', 'HHDFS76330000'),
  rank('trade-pbmn', 'HHDFS76320010'),
  rank('trade-turnover', 'HHDFS76340000'),
  rank('trade-vol', 'HHDFS76310010'),
  rank('updown-rate', 'HHDFS76290000'),
  rank('volume-power', 'HHDFS76280000'),
  rank('volume-surge', 'HHDFS76270000'),
];

function ledger(name: string, id: string, rows: readonly string[], single: readonly string[] = []): EmptyEndpoint {
  return { path: `${trading}/${name}`, real: [id], paper: [], rows, single, keys: 200 };
}

function price(
  name: string,
  id: string,
  rows: readonly string[],
  single: readonly string[] = [],
  isOnPaper = false,
): EmptyEndpoint {
  return { path: `${prices}/${name}`, real: [id], paper: isOnPaper ? [id] : [], rows, single, keys: null };
}

function rank(name: string, id: string): EmptyEndpoint {
  return { path: `${ranking}/${name}`, real: [id], paper: [], rows: ['output2'], single: ['output1'], keys: null };
}

function closed(name: string, real: readonly string[], paper: readonly string[]) {
  return { path: `${trading}/${name}`, real, paper };
}
