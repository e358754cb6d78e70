import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { encodeMaster } from '#brokers/kis/simulator/masters/encode-master.ts';
import { zipOne } from '#brokers/kis/simulator/masters/zip-one.ts';
import { listings } from '#markets/listings.ts';
import { writeKisYaml } from '#strategy/rules/kis-yaml/write-kis-yaml.ts';
import { presets } from '#strategy/rules/presets/presets.ts';

/* Good files, which the mutants of `readers.test.ts` are made of, and the words of each kind. */

const root = new URL('../../', import.meta.url);

export const kisYaml: readonly Buffer[] = presets.flatMap(({ program }) =>
  (['b', 's', 'snowball'] as const).flatMap((dialect) => {
    const written = writeKisYaml(program, dialect);
    return written.kind === 'text' ? [Buffer.from(written.text)] : [];
  }),
);
export const tradingConfig = [readFileSync(new URL('examples/tutorial/trading_config.yaml', root))];
export const houseConfig = [readFileSync(new URL('config/snowball.yaml', root))];
export const yamlWords = [
  '&a [*a]',
  '*a',
  '<<: *a',
  '!!js/function "x"',
  '!!binary ""',
  '__proto__: 1',
  'constructor:',
  '? [a, b]',
  '- - - - - ',
  '{ { ',
  '"\\u202E"',
  '|+\n',
  '---\n',
  '%YAML 9.9\n',
  'cross_above',
  'indicators:',
  'conditions:',
  'operator:',
  'value: .inf',
  '1e308',
  '0o777',
  '\t',
] as const;

export const expressions = [
  'cross_above(sma(close, 5), sma(close, 20)) and rsi(14) < 30',
  '30 < rsi(14) < 70 or not (bollinger(period=20, std=2).upper >= close[1] * 1.01)',
  'engulfing.bullish and doji[1]',
].map((text) => Buffer.from(text));
export const expressionWords = [
  '(',
  ')',
  ' and ',
  ' not ',
  '[500]',
  '.upper',
  ',',
  '==',
  '1e308',
  'sma(',
  '=',
  '-',
  '종가',
  '/0',
];

export const vaults = [readFileSync(new URL('src/vault/fixtures/format-1.vault', root))];
export const vaultWords = ['\n', '"slots":[]', '"format":2', '{', '}', '0'.repeat(64)];

export const bars = [
  'date,open,high,low,close,volume\n20240102,71000,71500,70500,71200,1000\n20240103,71200,72000,71000,71900,1200\n',
  '일자,시가,고가,저가,종가,거래량\r\n2024/01/02,"71,000","71,500","70,500","71,200","1,000"\r\n',
  '\uFEFFDate;Open;High;Low;Close;Volume;Code\n2024-01-02;100;110;90;105;7;005930\n2024-01-02;100;110;90;105;7;000660\n',
].map((text) => Buffer.from(text));
export const actions = [
  Buffer.from('code,from,kind,known_on,before,after,dividend,withdrawn\n005930,20180504,분할,20180131,1,50,,\n'),
];
export const dividends = [Buffer.from('code,ex_date,pay_date,dividend\n005930,20221228,20230414,361\n')];
export const splits = [
  Buffer.from('종목코드,일자,전,후\n005930,20180504,1,50\n'),
  Buffer.from('code,date,before,after\n005930,20180504,1,50\n'),
];
export const csvWords = [
  ',',
  ';',
  '\t',
  '"',
  '""',
  '\r',
  '\r\n',
  '\uFEFF',
  '종가',
  'close',
  '20240230',
  '2024-1-2',
  '1,000',
  '-',
  'time',
];

const entries = listings.slice(0, 3).map((instrument) => ({ instrument, basePrice: 71_900, isHalted: false }));
export const masters = [encodeMaster(entries)];
export const archives = [zipOne('kospi_code.mst', encodeMaster(entries)), zipOne('a', Buffer.alloc(3))].map((bytes) =>
  Buffer.from(bytes),
);
export const masterWords = [
  'ST',
  'EF',
  'Q',
  'KR7',
  '  ',
  '\n',
  'PK\u0001\u0002',
  'PK\u0005\u0006',
  '\u0000\u0000\u0000\u0000',
];

/** A real record of the specification, §7.7, and a notice of its kind. */
const trade =
  '005930^093354^71900^5^-100^-0.14^72023.83^72100^72400^71700^71900^71800^1^3052507^219853241700^5105^6937^1832^84.90^' +
  '1366314^1159996^1^0.39^20.28^090020^5^-200^090820^5^-500^092619^2^200^20230612^20^N^65945^216924^1118750^2199206^' +
  '0.05^2424142^125.92^0^^72100';
const notice =
  'HTSID^1234567801^0000117057^^02^0^00^0^005930^0000000002^000070000^121053^0^2^2^91252^000000002^홍길동^0^1^Y^^10^^삼성전자^000070000';
export const noticeKey = { key: 'k'.repeat(32), iv: 'i'.repeat(16) };
export const frames = [
  `0|H0STCNT0|001|${trade}`,
  `0|H0STCNT0|002|${trade}^${trade}`,
  `0|H0STASP0|001|${Array.from({ length: 59 }, (_, field) => String(field * 100)).join('^')}`,
  `1|H0STCNI0|001|${encrypted(notice)}`,
  `0|HDFSCNT0|001|DNASAAPL^AAPL^4^20261120^20261120^093000^20261120^223000^200.1^201^199^200.5^1^0.4^0.2^200.4^200.6^1^2^3^4^5^6^7^8^1`,
].map((text) => Buffer.from(text));
export const socketAnswers = [
  '{"header":{"tr_id":"H0STCNI0","tr_key":"a","encrypt":"N"},"body":{"rt_cd":"0","msg_cd":"OPSP0000","msg1":"SUBSCRIBE SUCCESS","output":{"iv":"i","key":"k"}}}',
  '{"header":{"tr_id":"PINGPONG","datetime":"20261120093000"}}',
].map((text) => Buffer.from(text));
export const frameWords = [
  '|',
  '^',
  '^^^^',
  '0|',
  '1|',
  '999|',
  'H0STCNT0',
  'H0STASP0',
  'H0STCNI0',
  'HDFSCNT0',
  '{"header":',
  '[]',
  'null',
  '-',
];

export const journalWords = ['\n', '\n\n', '{', '"hash":"', '0'.repeat(64), '"sequence":1', 'order.sending', '\u0000'];

function encrypted(text: string): string {
  const cipher = createCipheriv('aes-256-cbc', noticeKey.key, noticeKey.iv);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}
