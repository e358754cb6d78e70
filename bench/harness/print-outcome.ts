import type { Finish, RowOutcome } from './row.ts';

/** Above it our own times differ so much that a ratio would mean nothing. */
export const noiseMax = 0.2;

export interface GoalVerdict {
  readonly text: string;
  /** Null where the noise forbids a word. */
  readonly isReached: boolean | null;
}

/** A row as a table in Markdown, with the ratio of each contestant to ours, and the goals below it. */
export function printOutcome(outcome: RowOutcome): string {
  const { row, finishes, noise } = outcome;
  const ours = oursOf(outcome);
  const isQuiet = noise <= noiseMax;
  const lines = finishes.map((finish) => {
    const { contestant, medianMs, timesMs, rounds } = finish;
    const spread = `${number(timesMs[0] ?? NaN)} to ${number(timesMs.at(-1) ?? NaN)}`;
    const ratio = contestant.isOurs || !isQuiet ? '' : `${number(medianMs / ours.medianMs)}×`;
    const part = contestant.extrapolated === undefined ? '' : ` (a part, times ${number(contestant.extrapolated)})`;
    return `| ${contestant.name}${part} | ${number(medianMs)} | ${spread} | ${rounds.length} | ${ratio} |`;
  });
  const goals = goalVerdicts(outcome).map(
    ({ text, isReached }) =>
      `- ${isReached === true ? 'reached' : isReached === null ? 'not said' : 'NOT reached'}: ${text}`,
  );
  return [
    `### ${row.name}`,
    '',
    `${row.work} ${row.clock === 'wall' ? 'By the clock on the wall.' : 'Processor time of the main thread.'}`,
    '',
    '| who | median ms | least to most | rounds | ours is faster by |',
    '|---|---:|---:|---:|---:|',
    ...lines,
    '',
    `Noise: our two processes differ by ${(noise * 100).toFixed(1)} %${isQuiet ? '' : ', more than 20 %: no ratio is given'}.`,
    ...goals,
    ...explanations(finishes),
    ...outcome.disagreements.map((text) => `- DISAGREES: ${text}`),
    '',
  ].join('\n');
}

export function goalVerdicts(outcome: RowOutcome): readonly GoalVerdict[] {
  const { row, finishes, noise } = outcome;
  const { medianMs } = oursOf(outcome);
  const verdict = (text: string, isReached: boolean): GoalVerdict => ({
    text,
    isReached: noise <= noiseMax ? isReached : null,
  });
  const medianOf = (name: string): number =>
    finishes.find(({ contestant }) => contestant.name === name)?.medianMs ?? NaN;
  const ratios = row.goals.map(({ of, against, ratio }) => {
    const reached = medianOf(against) / (of === undefined ? medianMs : medianOf(of));
    const who = of === undefined ? '' : `${of}: `;
    return verdict(`${who}${number(reached)}× as fast as ${against}, goal ${ratio}×`, reached >= ratio);
  });
  const { oursMsMax } = row;
  if (oursMsMax === null) return ratios;
  return [
    ...ratios,
    verdict(`${number(medianMs)} ms a round, goal at most ${number(oursMsMax)}`, medianMs <= oursMsMax),
  ];
}

function explanations(finishes: readonly Finish[]): readonly string[] {
  return finishes.flatMap(({ contestant: { name, explained = {} } }) =>
    Object.entries(explained).map(([key, reason]) => `- ${name} differs in ${key}: ${reason}`),
  );
}

function oursOf({ finishes }: RowOutcome): Finish {
  const ours = finishes.find(({ contestant }) => contestant.isOurs);
  if (ours === undefined) throw new Error('A row has one of ours');
  return ours;
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}
