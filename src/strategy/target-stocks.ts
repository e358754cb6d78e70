import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import type { ConfigProblem } from './config-problem.ts';
import { withParticle } from './korean-particle.ts';

export interface TargetStock {
  readonly instrument: InstrumentId;
  /** Six characters, as brokers write it. */
  readonly symbol: string;
  /** What stood after `#`; empty when nothing did. */
  readonly name: string;
}

export type TargetStocks =
  /** In the order of the file, at least one. */
  | { readonly kind: 'read'; readonly symbols: readonly TargetStock[] }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

/** As many as one strategy can sensibly watch; it also bounds what we subscribe to. */
const symbolsMax = 1000;
const row = /^([0-9][0-9A-Z]{5})$/;

/**
 * Reads `target_stocks.txt`: one six-character code a line, `# name` after it. A byte order mark, CRLF, blank lines and
 * lines that are only a comment are let through; anything else is reported with its line, and nothing is read by halves.
 */
export function parseTargetStocks(text: string): TargetStocks {
  const symbols = new Map<string, TargetStock>();
  const problems: ConfigProblem[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const [before = '', ...after] = line.split('#');
    const symbol = before.trim();
    if (symbol === '') continue;
    const problem = problemWith(symbol, index + 1, symbols);
    if (problem !== null) problems.push(problem);
    else symbols.set(symbol, { instrument: instrumentId(symbol), symbol, name: after.join('#').trim() });
  }
  if (problems.length > 0) return { kind: 'problems', problems };
  if (symbols.size === 0) return { kind: 'problems', problems: [noCodes()] };
  return { kind: 'read', symbols: [...symbols.values()] };
}

function problemWith(symbol: string, line: number, seen: ReadonlyMap<string, TargetStock>): ConfigProblem | null {
  const name = symbol.slice(0, 40);
  if (!row.test(symbol)) {
    return problemAt(line, {
      ko: `${withParticle(`"${name}"`, 'topic')} 종목코드가 아니에요. "005930 # 삼성전자"처럼 여섯 자리 코드를 적어 주세요.`,
      en: `"${name}" is not a listing code, wanted six characters such as "005930 # 삼성전자".`,
    });
  }
  if (seen.has(symbol)) {
    return problemAt(line, {
      ko: `${withParticle(`"${name}"`, 'subject')} 두 번 나와요. 하나만 남겨 주세요.`,
      en: `"${name}" stands here twice.`,
    });
  }
  if (seen.size >= symbolsMax) {
    return problemAt(line, {
      ko: `종목이 너무 많아요. ${symbolsMax}개까지 적을 수 있어요.`,
      en: `Too many codes: at most ${symbolsMax}.`,
    });
  }
  return null;
}

function noCodes(): ConfigProblem {
  return {
    ...problemAt(1, { ko: '종목코드가 하나도 없어요.', en: 'The file holds no listing code.' }),
    line: null,
  };
}

function problemAt(line: number, texts: { readonly ko: string; readonly en: string }): ConfigProblem {
  return { line, column: null, path: '', ...texts };
}
