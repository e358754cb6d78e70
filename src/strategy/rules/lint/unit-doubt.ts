import { withParticle } from '../../korean-particle.ts';
import type { FindingTexts } from '../finding.ts';
import { defaultOf } from '../kis-yaml/flat-condition.ts';
import { numberText, operandText } from '../operand-text.ts';
import type { Rule, RuleProgram } from '../program.ts';
import { percentChanges } from './output-ranges.ts';
import { rangeOf } from './truth.ts';

/** What makes us think that a threshold has another unit than its indicator. */
export interface UnitDoubt extends FindingTexts {
  /** `L3` for a threshold that was lost, `L4` for one in another unit. */
  readonly code: 'L3' | 'L4';
}

interface Compared {
  readonly id: string;
  readonly ko: string;
  readonly en: string;
  readonly value: number;
  readonly range: { readonly least: number; readonly most: number };
}

/** Of which 0 is an ordinary value. */
const countedIds: ReadonlySet<string> = new Set(['consecutive']);

/** Null when the number of a comparison looks like its indicator, and for rules that compare with no number. */
export function unitDoubt(rule: Rule, program: RuleProgram): UnitDoubt | null {
  if (rule.kind !== 'compare' || rule.right.kind !== 'number' || rule.left.kind !== 'indicator') return null;
  const { left, right } = rule;
  if (left.scale !== null) return null;
  const id = program.indicators.find(({ alias }) => alias === left.alias)?.id ?? '';
  const [ko, en] = [operandText(left, program, 'ko'), operandText(left, program, 'en')];
  const value = defaultOf(right.value, program.params);
  const compared: Compared = { id, ko, en, value, range: rangeOf(left, program) };
  return lostThreshold(compared) ?? fraction(compared) ?? outOfProportion(compared);
}

function lostThreshold({ id, ko, en, value, range }: Compared): UnitDoubt | null {
  if (!(range.least >= 0 && range.most > 0) || value !== 0 || countedIds.has(id)) return null;
  return {
    code: 'L3',
    ko: `${withParticle(`"${ko}"`, 'object')} 0과 견주고 있어요. 다른 프로그램을 거치며 기준값이 사라진 것 같아요. 원래 값을 적어 주세요.`,
    en: `${en} is compared with 0: the threshold was probably lost on the way through another program; write the one that was meant.`,
  };
}

function fraction({ id, ko, en, value, range }: Compared): UnitDoubt | null {
  const isPercent = percentChanges.has(id) || range.most === 100 || id === 'disparity';
  const size = Math.abs(value);
  if (!isPercent || size === 0 || size >= 1) return null;
  const [said, meant] = [numberText(value), numberText(value * 100)];
  if (range.most === 100 && !percentChanges.has(id)) {
    return {
      code: 'L4',
      ko: `"${ko}" 값은 ${range.least}에서 100 사이예요. ${withParticle(said, 'topic')} 거의 0이에요. ${withParticle(meant, 'object')} 쓰려던 건가요?`,
      en: `${en} goes from ${range.least} to 100, so ${said} is next to 0. Did you mean ${meant}?`,
    };
  }
  return {
    code: 'L4',
    ko: `${withParticle(`"${ko}"`, 'topic')} 퍼센트 단위예요. ${withParticle(said, 'topic')} ${said}%라는 뜻이에요. ${withParticle(meant, 'object')} 쓰려던 건가요?`,
    en: `${en} is in percent, so ${said} means ${said} %. Did you mean ${meant}?`,
  };
}

function outOfProportion({ id, ko, en, value }: Compared): UnitDoubt | null {
  const [size, said, hundredfold] = [Math.abs(value), numberText(value), numberText(value * 100)];
  if (id === 'disparity' && size < 50) {
    return {
      code: 'L4',
      ko: `이격도는 100이 평균과 같은 값이에요. ${withParticle(said, 'topic')} 너무 낮아요.`,
      en: `A disparity of 100 is the average itself; ${said} is far too low.`,
    };
  }
  if (id === 'volatility_ind' && size >= 0.5) {
    return {
      code: 'L4',
      ko: `volatility_ind는 소수예요. 2%는 0.02로 적어요. ${withParticle(said, 'topic')} ${hundredfold}%라는 뜻이에요.`,
      en: `volatility_ind is a fraction: 2 % is 0.02. ${said} means ${hundredfold} %.`,
    };
  }
  if (!percentChanges.has(id) || size <= 300) return null;
  return {
    code: 'L4',
    ko: `"${ko}" 기준 ${said}%는 좀처럼 나오지 않는 값이에요. 단위를 확인해 주세요.`,
    en: `${en} hardly ever reaches ${said} %; check the unit.`,
  };
}
