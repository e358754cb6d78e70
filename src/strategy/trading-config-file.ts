import type { ConfigProblem } from './config-problem.ts';
import { withParticle } from './korean-particle.ts';
import { parseYamlMap, placed } from './yaml-map.ts';
import { parseTradingConfig, type TradingConfig } from './trading-config.ts';

export type TradingConfigFile =
  | { readonly kind: 'read'; readonly config: TradingConfig }
  /** Never empty, in the order of the file where a line is known. */
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

/**
 * Reads the text of `trading_config.yaml`: a map with the one key `strategy`.
 *
 *
 * @param overrides values that replace those of the file, spelt as in the file, such as `ma_short`
 */
export function readTradingConfig(text: string, overrides: Readonly<Record<string, number>> = {}): TradingConfigFile {
  const parsed = parseYamlMap(text);
  if (parsed.kind === 'problems') return parsed;
  const { value, document, lines } = parsed;
  const strange = Object.keys(value).find((key) => key !== 'strategy');
  if (strange !== undefined) return problems([placed(document, lines, unknownTop(strange))]);
  const settings = value['strategy'];
  const isPlain = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
  const config = parseTradingConfig(isPlain ? { ...settings, ...overrides } : settings);
  if (!Array.isArray(config)) return { kind: 'read', config };
  return problems(config.map((problem) => placed(document, lines, problem)));
}

function problems(list: readonly ConfigProblem[]): { kind: 'problems'; problems: readonly ConfigProblem[] } {
  return { kind: 'problems', problems: list };
}

function unknownTop(key: string): ConfigProblem {
  const name = key.slice(0, 64);
  return {
    line: null,
    column: null,
    path: name,
    ko: `${withParticle(`"${name}"`, 'topic')} 모르는 항목이에요. 맨 위에는 "strategy"만 올 수 있어요.`,
    en: `"${name}" is not known here; the only top-level key is "strategy".`,
  };
}
