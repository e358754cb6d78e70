import { Lexer } from 'yaml';
import type { ConfigProblem } from '../../config-problem.ts';
import { parseYamlMap, type YamlMap } from '../../yaml-map.ts';

/** Characters; of a strategy nobody has written a tenth of it. */
const textLengthMax = 262_144;
const linesMax = 4_096;
/** Twice what 64 indicators, 64 conditions and 64 parameters take. */
const lexemesMax = 12_000;
const depthMax = 12;
const aliasesMax = 64;
/** What the lexer puts before a scalar, so that its text is not taken for something else. */
const scalarFollows = '\u001F';

/**
 * The YAML of a strategy file, from anybody. What is too long, too deep or tagged is refused by looking at its words
 * alone, before anything is built from it, so that refusing costs no more than reading a good file.
 */
export function parseStrategyDocument(text: string): YamlMap {
  const refused = text.length > textLengthMax ? tooBig(text.length) : refusal(text);
  if (refused !== null) return { kind: 'problems', problems: [refused] };
  const parsed = parseYamlMap(text, { textLengthMax, aliasesMax });
  if (parsed.kind === 'problems' || depthOf(parsed.value) <= depthMax) return parsed;
  return { kind: 'problems', problems: [tooDeep(1)] };
}

function refusal(text: string): ConfigProblem | null {
  if (newlines(text) > linesMax) return tooManyLines();
  const scan = { line: 1, open: 0, dashes: 0, lexemes: 0, aliases: 0, isScalar: false };
  for (const lexeme of new Lexer().lex(text)) {
    scan.lexemes += 1;
    if (scan.lexemes > lexemesMax) return tooManyLines();
    if (!scan.isScalar) count(scan, lexeme);
    else scan.line += newlines(lexeme);
    scan.isScalar = lexeme === scalarFollows;
    if (scan.open > depthMax || scan.dashes > depthMax) return tooDeep(scan.line);
    if (scan.aliases > aliasesMax) return tooManyAliases(scan.line);
    if (!scan.isScalar && lexeme.startsWith('!')) return tagged(scan.line);
  }
  return null;
}

function count(scan: { line: number; open: number; dashes: number; aliases: number }, lexeme: string): void {
  if (lexeme === '[' || lexeme === '{') scan.open += 1;
  else if (lexeme === ']' || lexeme === '}') scan.open -= 1;
  else if (lexeme === '-' || lexeme === '?') scan.dashes += 1;
  else if (lexeme.startsWith('*')) scan.aliases += 1;
  else if (lexeme.includes('\n')) {
    scan.line += newlines(lexeme);
    scan.dashes = 0;
  }
}

function newlines(text: string): number {
  let count = 0;
  for (let place = text.indexOf('\n'); place >= 0; place = text.indexOf('\n', place + 1)) count += 1;
  return count;
}

/** Ends one below the limit, so that a value that holds itself ends too. */
function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > depthMax) return depth;
  let deepest = depth;
  for (const each of Object.values(value)) deepest = Math.max(deepest, depthOf(each, depth + 1));
  return deepest;
}

function problemAt(line: number | null, ko: string, en: string): ConfigProblem {
  return { line, column: null, path: '', ko, en };
}

function tooBig(length: number): ConfigProblem {
  return problemAt(
    null,
    `파일이 너무 커요. ${length}자인데 ${textLengthMax}자까지 읽을 수 있어요.`,
    `The file is too long: ${length} characters, at most ${textLengthMax}.`,
  );
}

function tooManyLines(): ConfigProblem {
  return problemAt(
    null,
    `파일이 너무 길어요. ${linesMax}줄, 낱말 ${lexemesMax}개까지 읽을 수 있어요.`,
    `The file is too long: at most ${linesMax} lines and ${lexemesMax} words.`,
  );
}

function tooDeep(line: number): ConfigProblem {
  return problemAt(
    line,
    `값이 너무 깊이 들어 있어요. ${depthMax}겹까지 쓸 수 있어요.`,
    `Values are nested too deeply, at most ${depthMax} levels.`,
  );
}

function tooManyAliases(line: number): ConfigProblem {
  return problemAt(
    line,
    `별칭(*)이 너무 많아요. ${aliasesMax}개까지 쓸 수 있어요.`,
    `Too many aliases (*), at most ${aliasesMax}.`,
  );
}

function tagged(line: number): ConfigProblem {
  return problemAt(
    line,
    '태그(!)는 쓸 수 없어요. 값을 그대로 적어 주세요.',
    'Tags (!) are not allowed; write the value itself.',
  );
}
