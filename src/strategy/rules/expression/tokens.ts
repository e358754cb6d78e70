import { UnreadableExpression } from './expression-problem.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  /** As written, names in lower case. */
  readonly text: string;
  /** 1 for the first character. */
  readonly column: number;
}

/** Longer ones first, so that `<=` is not read as `<`. */
const pattern = /\s*(?:(\d+(?:_\d+)*(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|==|!=|&&|\|\||[()[\].,<>=!+\-*/]))/y;

const textLengthMax = 4_096;

/**
 * The words of an expression, an `end` last.
 *
 * @throws {UnreadableExpression} a character that belongs to no word, or more than 4,096 of them
 */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > textLengthMax) throw tooLong(text.length);
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  let place = 0;
  const end = text.trimEnd().length;
  while (place < end) {
    pattern.lastIndex = place;
    const found = pattern.exec(text);
    if (found === null) throw strange(text, place);
    place = pattern.lastIndex;
    const [, number, name, sign] = found;
    const word = number ?? name?.toLowerCase() ?? sign ?? '';
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text: word, column: place - word.length + 1 });
  }
  return [...tokens, { kind: 'end', text: '', column: end + 1 }];
}

function strange(text: string, place: number): UnreadableExpression {
  const column = place + (/^\s*/.exec(text.slice(place))?.[0].length ?? 0) + 1;
  const character = JSON.stringify(String.fromCodePoint(text.codePointAt(column - 1) ?? 0));
  return new UnreadableExpression(column, {
    ko: `${character} 글자는 조건식에 쓸 수 없어요.`,
    en: `The character ${character} has no meaning in an expression.`,
  });
}

function tooLong(length: number): UnreadableExpression {
  return new UnreadableExpression(textLengthMax + 1, {
    ko: `조건식이 너무 길어요. ${length}자인데 ${textLengthMax}자까지 읽을 수 있어요.`,
    en: `The expression is too long: ${length} characters, at most ${textLengthMax}.`,
  });
}
