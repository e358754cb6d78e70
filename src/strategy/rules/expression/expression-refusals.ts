import { withParticle } from '../../korean-particle.ts';
import { UnreadableExpression } from './expression-problem.ts';
import type { Token } from './tokens.ts';

/** Bounds of an expression. */
export const comparisonsMax = 64;
export const depthMax = 32;
export const barsAgoMax = 500;

/** What stands there belongs nowhere in the grammar, or nothing stands there any more. */
export function unexpected(token: Token): UnreadableExpression {
  if (token.kind === 'end') {
    return new UnreadableExpression(token.column, {
      ko: '조건식이 여기서 끝나 버렸어요. 값이나 조건이 더 있어야 해요.',
      en: 'The expression ends here, where a value or a rule is wanted.',
    });
  }
  return new UnreadableExpression(token.column, {
    ko: `여기에 ${withParticle(`"${token.text.slice(0, 40)}"`, 'subject')} 올 수 없어요.`,
    en: `"${token.text.slice(0, 40)}" cannot stand here.`,
  });
}

/** Something else must stand there. */
export function wanted(token: Token, text: string): UnreadableExpression {
  const found = token.kind === 'end' ? '' : token.text.slice(0, 40);
  return new UnreadableExpression(token.column, {
    ko: `여기에 ${withParticle(text, 'subject')} 와야 하는데 ${found === '' ? '식이 끝났어요' : `${withParticle(`"${found}"`, 'subject')} 있어요`}.`,
    en: `Wanted ${text} here, found ${found === '' ? 'the end' : `"${found}"`}.`,
  });
}

/** Nothing in the comparison changes with the bars. */
export function onlyNumbers({ column }: Token): UnreadableExpression {
  return new UnreadableExpression(column, {
    ko: '숫자끼리만 견주고 있어요. 한쪽은 가격이나 지표여야 해요.',
    en: 'Two numbers are compared; one side must be a price or an indicator.',
  });
}

/** Not a number of bars that lie behind. */
export function badBarsAgo({ column }: Token): UnreadableExpression {
  return new UnreadableExpression(column, {
    ko: `[ ] 안에는 몇 봉 전인지 0에서 ${barsAgoMax} 사이의 정수를 적어 주세요. 아직 오지 않은 봉은 볼 수 없어요.`,
    en: `Between [ ] stands how many bars ago, a whole number from 0 to ${barsAgoMax}; bars to come cannot be seen.`,
  });
}

/** More brackets than are read. */
export function tooDeep({ column }: Token): UnreadableExpression {
  return new UnreadableExpression(column, {
    ko: `괄호가 너무 깊어요. ${depthMax}겹까지 쓸 수 있어요.`,
    en: `The brackets are too deep, at most ${depthMax}.`,
  });
}

/** More comparisons than are read. */
export function tooManyComparisons({ column }: Token): UnreadableExpression {
  return new UnreadableExpression(column, {
    ko: `조건은 ${comparisonsMax}개까지 쓸 수 있어요.`,
    en: `At most ${comparisonsMax} comparisons may be made.`,
  });
}
