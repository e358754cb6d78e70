import type { ConfigProblem } from './config-problem.ts';
import { withParticle } from './korean-particle.ts';
import { nearestName } from './nearest-name.ts';

/** The `strategy:` map of `trading_config.yaml`, the file that tutorials of this field teach. */
export interface TradingConfig {
  /** Bars of the fast and the slow simple moving average; fast below slow. */
  readonly maShort: number;
  readonly maLong: number;
  readonly rsiPeriod: number;
  /** 0 to 100; oversold below overbought. */
  readonly rsiOversold: number;
  readonly rsiOverbought: number;
  readonly bbPeriod: number;
  /** Population standard deviations from the middle band. */
  readonly bbStd: number;
  /** Fractions of the average price: 0.03 sells at 3 % below it. */
  readonly stopLoss: number;
  readonly takeProfit: number;
  /** Instruments held at once. */
  readonly maxPosition: number;
  /** Fraction of equity that one entry may cost. */
  readonly positionSize: number;
}

interface KeyRule {
  readonly key: string;
  readonly field: keyof TradingConfig;
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

const rules: readonly KeyRule[] = [
  { key: 'ma_short', field: 'maShort', least: 1, most: 499, isWhole: true },
  { key: 'ma_long', field: 'maLong', least: 2, most: 500, isWhole: true },
  { key: 'rsi_period', field: 'rsiPeriod', least: 2, most: 100, isWhole: true },
  { key: 'rsi_oversold', field: 'rsiOversold', least: 0, most: 100, isWhole: false },
  { key: 'rsi_overbought', field: 'rsiOverbought', least: 0, most: 100, isWhole: false },
  { key: 'bb_period', field: 'bbPeriod', least: 2, most: 100, isWhole: true },
  { key: 'bb_std', field: 'bbStd', least: 0.1, most: 10, isWhole: false },
  { key: 'stop_loss', field: 'stopLoss', least: 0.001, most: 0.99, isWhole: false },
  { key: 'take_profit', field: 'takeProfit', least: 0.001, most: 10, isWhole: false },
  { key: 'max_position', field: 'maxPosition', least: 1, most: 100, isWhole: true },
  { key: 'position_size', field: 'positionSize', least: 0.001, most: 1, isWhole: false },
];

/** The keys as the file spells them, in the usual order. */
export const tradingConfigKeys: readonly string[] = rules.map((rule) => rule.key);

/**
 * Checks the `strategy:` map.
 *
 * Every key is wanted: a stop left out must not become a trade without a stop. A key we do not know is a problem too,
 * since a mistyped `stop_los` would otherwise do just that.
 *
 * @param value what a YAML or JSON parser made of the map
 * @returns the configuration, or every problem found, never empty; `path` is filled, line and column are null
 */
export function parseTradingConfig(value: unknown): TradingConfig | ConfigProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [notAMap()];
  const given = new Map<string, unknown>(Object.entries(value));
  const problems = [...given.keys()].filter((key) => !tradingConfigKeys.includes(key)).map(unknownKey);
  const numbers = new Map<keyof TradingConfig, number>();
  for (const rule of rules) {
    const number = readNumber(rule, given.get(rule.key));
    if (typeof number === 'number') numbers.set(rule.field, number);
    else problems.push(number);
  }
  if (problems.length > 0) return problems;
  const config = configOf(numbers);
  const order = orderProblems(config);
  return order.length > 0 ? order : config;
}

function readNumber(rule: KeyRule, value: unknown): number | ConfigProblem {
  const kindKo = rule.isWhole ? '정수' : '숫자';
  const kindEn = rule.isWhole ? 'a whole number' : 'a number';
  const range = `${rule.least}–${rule.most}`;
  if (value === undefined) {
    return problemAt(rule.key, {
      ko: `"${rule.key}" 값이 없어요. ${range} 사이의 ${kindKo}를 적어 주세요.`,
      en: `"${rule.key}" is missing, wanted ${kindEn} from ${rule.least} to ${rule.most}.`,
    });
  }
  const isFit =
    typeof value === 'number' &&
    value >= rule.least &&
    value <= rule.most &&
    (!rule.isWhole || Number.isInteger(value));
  if (isFit) return value;
  return problemAt(rule.key, {
    ko: `"${rule.key}" 값 ${withParticle(shown(value), 'object')} 쓸 수 없어요. ${range} 사이의 ${kindKo}여야 해요.`,
    en: `"${rule.key}" is ${shown(value)}, wanted ${kindEn} from ${rule.least} to ${rule.most}.`,
  });
}

function configOf(numbers: ReadonlyMap<keyof TradingConfig, number>): TradingConfig {
  const read = (field: keyof TradingConfig): number => numbers.get(field) ?? NaN;
  return {
    maShort: read('maShort'),
    maLong: read('maLong'),
    rsiPeriod: read('rsiPeriod'),
    rsiOversold: read('rsiOversold'),
    rsiOverbought: read('rsiOverbought'),
    bbPeriod: read('bbPeriod'),
    bbStd: read('bbStd'),
    stopLoss: read('stopLoss'),
    takeProfit: read('takeProfit'),
    maxPosition: read('maxPosition'),
    positionSize: read('positionSize'),
  };
}

function orderProblems(config: TradingConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (config.maShort >= config.maLong) problems.push(notBelow('ma_short', config.maShort, 'ma_long', config.maLong));
  if (config.rsiOversold >= config.rsiOverbought) {
    problems.push(notBelow('rsi_oversold', config.rsiOversold, 'rsi_overbought', config.rsiOverbought));
  }
  return problems;
}

function notBelow(low: string, lowValue: number, high: string, highValue: number): ConfigProblem {
  return problemAt(low, {
    ko: `"${low}" ${withParticle(String(lowValue), 'topic')} "${high}" ${highValue}보다 작아야 해요.`,
    en: `"${low}" is ${lowValue}, wanted less than "${high}", which is ${highValue}.`,
  });
}

function unknownKey(key: string): ConfigProblem {
  const nearest = nearestName(key, tradingConfigKeys);
  const name = key.slice(0, 64);
  return problemAt(name, {
    ko: `${withParticle(`"${name}"`, 'topic')} 모르는 설정이에요.${nearest === null ? '' : ` ${withParticle(`"${nearest}"`, 'object')} 쓰려던 건가요?`}`,
    en: `"${name}" is not a setting we know.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`,
  });
}

function notAMap(): ConfigProblem {
  return {
    line: null,
    column: null,
    path: 'strategy',
    ko: '"strategy" 아래에 설정이 없어요. "strategy: { ma_short: 5, … }" 꼴로 적어 주세요.',
    en: '"strategy" holds no settings, wanted a map such as "strategy: { ma_short: 5, … }".',
  };
}

function problemAt(key: string, texts: { readonly ko: string; readonly en: string }): ConfigProblem {
  return { line: null, column: null, path: `strategy.${key}`, ...texts };
}

/** The value as a person wrote it, never longer than a line. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? typeof value).slice(0, 40);
}
