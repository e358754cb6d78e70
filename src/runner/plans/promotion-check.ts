import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  admissionOf,
  promotionFileName,
  readPromotions,
  type PromotionDecision,
} from '#backtest/validation/promotion-file.ts';
import { promotionSentence } from '#backtest/validation/promotion-gate.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { terminalLanguage } from '#link/language.ts';
import { recipeIdentity } from '#strategy/recipes/recipe-identity.ts';

/** 200 decisions are a tenth of this. */
const fileBytesMax = 4_194_304;

/**
 * Refuses a strategy of rules whose optimum the gate refused and nobody gave a reason for; looked up in the
 * `promotion.json` beside its file. No such file, or none of its decisions on this strategy: nothing to say.
 *
 * @param file the strategy's file; of one that is not there nothing is said, whoever reads it will
 * @throws {FixConfiguration} `runner.promotion` when it was refused, when it changed since it was judged, or when the
 *   decisions cannot be read
 */
export function checkPromotion(file: string): void {
  const decisions = decisionsIn(dirname(file));
  if (decisions.length === 0 || statSync(file, { throwIfNoEntry: false }) === undefined) return;
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  checkDecisions(decisions, { shown: file, name: basename(file), sha256 });
}

/**
 * The same for a recipe, which has no file of its own: looked up in the `promotion.json` beside `snowball.yaml`, by its id
 * and its settings.
 *
 * @param settings as `readRecipeSettings` gives them
 * @throws {FixConfiguration} `runner.promotion`
 */
export function checkRecipePromotion(folder: string, id: string, settings: Parameters<typeof recipeIdentity>[1]): void {
  const decisions = decisionsIn(folder);
  const sha256 = createHash('sha256').update(recipeIdentity(id, settings)).digest('hex');
  checkDecisions(decisions, { shown: `recipe:${id}`, name: `recipe:${id}`, sha256 });
}

function checkDecisions(
  decisions: readonly PromotionDecision[],
  { shown, name, sha256 }: { readonly shown: string; readonly name: string; readonly sha256: string },
): void {
  const admission = admissionOf(decisions, name, sha256);
  if (admission.kind === 'free') return;
  const { decision } = admission;
  if (admission.kind === 'changed') {
    throw refusal(
      `"${shown}" 전략을 켤 수 없어요: ${decision.at.slice(0, 10)}에 시험한 뒤로 바뀌었어요. snowball validate로 다시 시험하고 snowball strategy promote를 실행해 주세요.`,
      `Cannot start "${shown}": it changed since it was judged on ${decision.at.slice(0, 10)}; run snowball validate and snowball strategy promote again.`,
    );
  }
  const sentences = (language: 'ko' | 'en') => failedLines(decision, language).join('; ');
  throw refusal(
    `"${shown}" 전략을 켤 수 없어요: 최적값이 기준을 넘지 못했어요 (${sentences('ko')}). 그래도 켜려면 snowball strategy promote에 --reason으로 이유를 적어 주세요.`,
    `Cannot start "${shown}": its optimum was refused (${sentences('en')}); to start it all the same, state why with snowball strategy promote --reason.`,
  );
}

function failedLines(decision: PromotionDecision, language: 'ko' | 'en'): readonly string[] {
  return decision.lines.filter((line) => !line.passed).map((line) => promotionSentence(line, language));
}

function decisionsIn(folder: string): readonly PromotionDecision[] {
  const path = join(folder, promotionFileName);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile() && found.size <= fileBytesMax) {
    const read = readPromotions(readFileSync(path, 'utf8'));
    if (read.kind === 'read') return read.decisions;
  }
  throw refusal(
    `"${path}"을 읽을 수 없어서 그 옆의 전략을 켤 수 없어요. 파일을 지우고 snowball strategy promote를 다시 실행해 주세요.`,
    `Cannot start the strategies beside "${path}": it cannot be read, wanted what snowball strategy promote writes; remove it and promote again.`,
  );
}

function refusal(korean: string, english: string): FixConfiguration {
  return new FixConfiguration('runner.promotion', terminalLanguage() === 'ko' ? korean : english);
}
