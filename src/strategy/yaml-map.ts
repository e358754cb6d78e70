import { isAlias, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { ConfigProblem } from './config-problem.ts';
import { withParticle } from './korean-particle.ts';

export interface YamlLimits {
  /** Characters. Nobody writes more by hand than the default; it bounds the work that a hostile file can ask for. */
  readonly textLengthMax: number;
  /** How often anchors may be repeated by aliases, unfolded ones included; 0 refuses both. */
  readonly aliasesMax: number;
}

const usualLimits: YamlLimits = { textLengthMax: 32_768, aliasesMax: 0 };
/** Told at once: after so many a person starts at the top. */
const problemsMax = 20;

export type YamlMap =
  | { kind: 'map'; value: Readonly<Record<string, unknown>>; document: Document.Parsed; lines: LineCounter }
  | { kind: 'problems'; problems: readonly ConfigProblem[] };

/**
 * A strict YAML document whose top is a map: one document, unique keys, no anchors or aliases unless a number of them is
 * allowed, which also ends the trick of a small file that unfolds into gigabytes.
 *
 * Runner, command line and backtest jobs all read such files and share no other folder, so this reader stands in the pure
 * folder although it needs the `yaml` package: turning text into a value is pure, and no other package is imported here.
 *
 * @returns the plain value with what is needed to find the line of a path again, or the problems
 */
export function parseYamlMap(text: string, { textLengthMax, aliasesMax }: YamlLimits = usualLimits): YamlMap {
  if (text.length > textLengthMax) return problems([tooLong(text.length, textLengthMax)]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: false, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings].slice(0, problemsMax).map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return brokenYaml(line, col, error.message);
  });
  if (broken.length > 0) return problems(broken);
  const strange = strangeKeys(document).slice(0, problemsMax);
  if (strange.length > 0) return problems(strange.map((key) => strangeKey(key, lines.linePos(key.offset))));
  const reference = aliasesMax > 0 ? null : firstReference(document);
  if (reference !== null) return problems([anchored(lines.linePos(reference))]);
  if (!isMap(document.contents)) return problems([notAMap()]);
  try {
    const value: unknown = document.toJS({ maxAliasCount: aliasesMax });
    return { kind: 'map', value: value as Readonly<Record<string, unknown>>, document, lines };
  } catch (error) {
    if (error instanceof ReferenceError) return problems([tooManyAliases(aliasesMax)]);
    throw error;
  }
}

/** Gives `problem` the line and column of its path, or of the nearest parent that the file holds. */
export function placed(document: Document.Parsed, lines: LineCounter, problem: ConfigProblem): ConfigProblem {
  const path = problem.path === '' ? [] : problem.path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  for (let depth = path.length; depth > 0; depth -= 1) {
    const offset = keyOffset(document, path.slice(0, depth));
    if (offset === null) continue;
    const { line, col } = lines.linePos(offset);
    return { ...problem, line, column: col };
  }
  return problem;
}

/** Where the key of `path` begins, or the entry of a list; null when the file holds no such path. */
function keyOffset(document: Document.Parsed, path: readonly (string | number)[]): number | null {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  const key: unknown = isMap(parent)
    ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key
    : document.getIn(path, true);
  return isNode(key) && key.range ? key.range[0] : null;
}

/** A key that no plain value can have. */
interface StrangeKey {
  /** Null for one that is a list or a map. */
  readonly key: string | null;
  readonly offset: number;
}

/** Keys that stand a second time in their map, and keys that are no names. The parser's own look compares all with all. */
function strangeKeys(document: Document.Parsed): readonly StrangeKey[] {
  const strange: StrangeKey[] = [];
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (isCollection(key)) strange.push({ key: null, offset: key.range?.[0] ?? 0 });
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) strange.push({ key: String(key.value), offset: key.range?.[0] ?? 0 });
        seen.add(key.value);
      }
    },
  });
  return strange.toSorted((one, other) => one.offset - other.offset);
}

/** Offset of the first anchor or alias; null when there is none. */
function firstReference(document: Document.Parsed): number | null {
  let found: number | null = null;
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor === undefined) return undefined;
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

function problems(list: readonly ConfigProblem[]): { kind: 'problems'; problems: readonly ConfigProblem[] } {
  return { kind: 'problems', problems: list };
}

function brokenYaml(line: number, column: number, message: string): ConfigProblem {
  const reason = message.split('\n')[0]?.slice(0, 160) ?? '';
  return {
    line,
    column,
    path: '',
    ko: `YAML 문법이 맞지 않아요. 들여쓰기와 콜론 뒤의 빈칸을 확인해 주세요. (${reason})`,
    en: `This is not valid YAML: ${reason}`,
  };
}

function strangeKey(
  { key }: StrangeKey,
  { line, col }: { readonly line: number; readonly col: number },
): ConfigProblem {
  const at = { line, column: col, path: '' };
  if (key === null) {
    return {
      ...at,
      ko: '콜론 앞에는 목록이나 묶음이 올 수 없어요. 이름을 적어 주세요.',
      en: 'A list or a map cannot stand before the colon; write a name.',
    };
  }
  const shown = key.slice(0, 80);
  return {
    ...at,
    ko: `${withParticle(`"${shown}"`, 'subject')} 같은 자리에 두 번 나와요. 하나만 남겨 주세요.`,
    en: `"${shown}" stands twice in one place; keep one of them.`,
  };
}

function anchored(place: { readonly line: number; readonly col: number }): ConfigProblem {
  return {
    line: place.line,
    column: place.col,
    path: '',
    ko: '앵커(&)와 별칭(*)은 쓸 수 없어요. 값을 그대로 적어 주세요.',
    en: 'Anchors (&) and aliases (*) are not allowed; write the value itself.',
  };
}

function notAMap(): ConfigProblem {
  return {
    line: 1,
    column: null,
    path: '',
    ko: '파일에 설정이 없어요. "이름: 값" 꼴로 적어 주세요.',
    en: 'The file holds no settings, wanted "name: value" lines.',
  };
}

function tooManyAliases(aliasesMax: number): ConfigProblem {
  return {
    line: null,
    column: null,
    path: '',
    ko: `별칭(*)이 너무 많이 되풀이돼요. ${aliasesMax}번까지 쓸 수 있어요.`,
    en: `Aliases (*) are repeated too often, at most ${aliasesMax} times.`,
  };
}

function tooLong(length: number, textLengthMax: number): ConfigProblem {
  return {
    line: null,
    column: null,
    path: '',
    ko: `파일이 너무 커요. ${length}자인데 ${textLengthMax}자까지 읽을 수 있어요.`,
    en: `The file is too long: ${length} characters, at most ${textLengthMax}.`,
  };
}
