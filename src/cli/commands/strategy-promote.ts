import { Command } from 'commander';
import { readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  promotionFileName,
  readPromotions,
  withPromotion,
  type PromotionDecision,
} from '#backtest/validation/promotion-file.ts';
import { riskNames } from '#backtest/sweep/risk-names.ts';
import { judgePromotion, promotionSentence } from '#backtest/validation/promotion-gate.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { counted } from '../terminal/numbers.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { configFile } from '../house/home.ts';
import { readPromotionSource, type PromotionSource } from '../strategy/promotion-source.ts';
import { collect, wrongOption } from '../research/research-options.ts';
import { readResearchStrategy, type ResearchStrategy } from '../research/research-strategy.ts';
import { shapeOf } from '../strategy/strategy-shape.ts';
import { settingsOf } from '../strategy/strategy-source.ts';
import { printJson } from '../terminal/json.ts';
import { writeResultFile } from '../terminal/write-file.ts';

interface Options {
  readonly from: string;
  readonly reason?: string;
  readonly set: readonly string[];
  readonly config: string;
  readonly json: boolean;
}

/**
 * `snowball strategy promote <strategy> --from validation.json [--reason "…"]`: judges an optimum for paper and writes the
 * decision into the `promotion.json` beside the strategy, which the runner reads. Ends with 1 when it is refused.
 */
export function strategyPromoteCommand(): Command {
  return new Command('promote')
    .description(say('시험한 최적값을 모의로 보낼지 판정해요.', 'Judge whether a validated optimum may go to paper.'))
    .argument(
      '<strategy>',
      say(
        '.kis.yaml이나 .ts 파일, 전략 폴더, recipe:이름',
        'a .kis.yaml or .ts file, a strategy folder or recipe:NAME',
      ),
    )
    .requiredOption(
      '--from <file>',
      say(
        'snowball validate --json의 결과 (optimise만으로는 모자라요)',
        'what snowball validate --json wrote (optimise alone proves too little)',
      ),
    )
    .option(
      '--set <key=value>',
      say('레시피의 설정, snowball.yaml에 적을 그대로', 'a setting of a recipe, as snowball.yaml will have it'),
      collect,
      [],
    )
    .option('--config <file>', say('레시피를 적은 설정 파일', 'the configuration that names the recipe'), configFile)
    .option('--reason <text>', say('기준을 넘지 못해도 보내는 이유', 'why it shall go although lines fail'))
    .option('--json', say('결과를 JSON으로', 'print JSON'), false)
    .action((strategy: string, options: Options) => promote(strategy, options));
}

async function promote(path: string, options: Options): Promise<void> {
  if (options.set.length > 0 && !path.startsWith('recipe:')) throw setRefusal(options.set[0] ?? '');
  const strategy = await readResearchStrategy(path, { settings: settingsOf(options.set) });
  const place = placeOf(path, strategy, options.config);
  const reason = options.reason === undefined ? '' : reasonOf(options.reason);
  const source = readPromotionSource(options.from);
  checkSameStrategy(path, strategy, source);
  const { passed, lines } = judgePromotion(source.measured);
  const unexcused = reason === '' ? 'refused' : 'allowed-with-reason';
  const decision: PromotionDecision = {
    file: place.name,
    sha256: strategy.sha256,
    at: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
    verdict: passed ? 'allowed' : unexcused,
    reason: passed ? '' : reason,
    parameters: { ...source.parameters },
    lines: [...lines],
  };
  record(place.folder, decision);
  if (decision.verdict === 'refused') process.exitCode = 1;
  if (options.json) return printJson(decision);
  process.stdout.write(sentencesOf(decision));
}

const reasonLength = { least: 10, most: 500 } as const;

/** One line that says something: a reason is read again when the strategy has gone wrong. */
function reasonOf(text: string): string {
  const reason = text.trim();
  const isPlain = !/\p{Cc}/u.test(reason);
  if (isPlain && reason.length >= reasonLength.least && reason.length <= reasonLength.most) return reason;
  throw wrongOption(
    '--reason',
    reason.replaceAll(/\p{Cc}/gu, ' '),
    say('10자에서 500자 사이의 한 줄', 'one line of 10 to 500 characters'),
  );
}

/** The file must be what was validated, and hold the optimum: anything else would be promoted unseen. */
function checkSameStrategy(
  path: string,
  strategy: ResearchStrategy,
  { parameters, shapeSha256 }: PromotionSource,
): void {
  const names = Object.keys(parameters);
  if (shapeSha256 !== null && shapeOf(strategy, names) !== shapeSha256) {
    throw refusal(
      `"${path}"은 시험한 전략과 달라요. 바꾼 전략을 snowball validate로 다시 시험해 주세요.`,
      `Cannot promote "${path}": it differs from what was validated in more than the values of the grid; validate it again.`,
    );
  }
  for (const [name, wanted] of Object.entries(parameters)) {
    const found = strategy.parameters.get(name) ?? null;
    if (found !== null && Math.abs(found - wanted) <= Math.abs(wanted) * 1e-9) continue;
    const [own, asked] = [valueText(strategy, name, found), valueText(strategy, name, wanted)];
    throw refusal(
      `"${path}"의 ${name} 값은 ${own}인데 시험한 최적값은 ${asked}예요. 파일에 ${asked}를 적고 다시 실행해 주세요.`,
      `Cannot promote "${path}": its ${name} is ${own}, the optimum that was validated is ${asked}; write ${asked} into the file first.`,
    );
  }
}

/** As the file writes it: distances and sizes of a `.kis.yaml` are percentages there. */
function valueText({ subject }: ResearchStrategy, name: string, value: number | null): string {
  if (value === null) return say('없음', 'off');
  const isPercent =
    subject.kind === 'program' && riskNames.includes(name) && !Object.hasOwn(subject.program.params, name);
  return isPercent ? `${Number((value * 100).toFixed(4))}%` : String(value);
}

/** Where the runner looks for decisions on it, and under which name: a recipe stands in `snowball.yaml` and has no file. */
function placeOf(
  path: string,
  { subject, file }: ResearchStrategy,
  config: string,
): { readonly folder: string; readonly name: string } {
  if (subject.kind === 'recipe') return { folder: dirname(config), name: `recipe:${subject.name}` };
  if (file === null) throw presetRefusal(path);
  return { folder: dirname(file), name: basename(file) };
}

function record(folder: string, decision: PromotionDecision): void {
  const path = join(folder, promotionFileName);
  const text = textOf(path);
  const before = text === null ? { kind: 'read' as const, decisions: [] } : readPromotions(text);
  if (before.kind === 'unreadable') {
    throw refusal(
      `"${path}"을 읽을 수 없어요. 내용을 확인하고 지운 뒤 다시 실행해 주세요.`,
      `Cannot add to "${path}": it cannot be read, wanted what this command wrote; look at it, remove it and promote again.`,
    );
  }
  // A half-written file would keep every strategy beside it from starting.
  writeResultFile(`${path}.new`, withPromotion(before.decisions, decision));
  renameSync(`${path}.new`, path);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function sentencesOf({ verdict, lines, reason, file }: PromotionDecision): string {
  const failed = lines
    .filter((line) => !line.passed)
    .map((line) => `✗ ${promotionSentence(line, terminalLanguage())}\n`);
  if (verdict === 'allowed') {
    return say(
      `${file}: 기준을 모두 넘었어요. 모의에서 켤 수 있어요.\n`,
      `${file}: every line holds; it may start in paper.\n`,
    );
  }
  const end =
    verdict === 'refused'
      ? say(
          `${file}: 기준 ${failed.length}개를 넘지 못해서 모의에서 켜지지 않아요. 그래도 보내려면 --reason으로 이유를 적어 주세요.\n`,
          `${file}: ${counted(failed.length, 'line')} below the mark, and paper will not start it; to send it all the same, state why with --reason.\n`,
        )
      : say(
          `${file}: 기준 ${failed.length}개를 넘지 못했지만 이유와 함께 기록했어요: ${reason}\n`,
          `${file}: ${counted(failed.length, 'line')} below the mark; it may start in paper for the reason on record: ${reason}\n`,
        );
  return `${failed.join('')}${end}`;
}

function setRefusal(setting: string): FixConfiguration {
  const wanted = say('없이, 파일에 직접', 'no setting: what is promoted is the file as it stands');
  return wrongOption('--set', setting, wanted);
}

function presetRefusal(path: string): FixConfiguration {
  return refusal(
    `"${path}"은 파일이 아니라서 모의로 보낼 수 없어요. snowball strategy export로 파일을 만들고 그 파일을 시험해 주세요.`,
    `Cannot promote "${path}": it is no file of yours; make one with snowball strategy export and validate that.`,
  );
}

function refusal(korean: string, english: string): FixConfiguration {
  return new FixConfiguration('strategy.promotion', say(korean, english));
}
