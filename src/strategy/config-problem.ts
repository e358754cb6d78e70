/** One thing that a person has to mend in a file they wrote, as a sentence in both languages. */
export interface ConfigProblem {
  /** 1 for the first line; null when the problem belongs to no line, such as a missing key. */
  readonly line: number | null;
  /** 1 for the first character; null where the line alone says enough. */
  readonly column: number | null;
  /** Dotted path of the key, such as `strategy.ma_short`; empty for the whole file. */
  readonly path: string;
  readonly ko: string;
  readonly en: string;
}

/** `file:line:column: sentence`, leaving out what is not known; the form editors and terminals can jump to. */
export function describeProblem(file: string, problem: ConfigProblem, language: 'ko' | 'en'): string {
  const place = [file, problem.line, problem.column].filter((part) => part !== null).join(':');
  return `${place}: ${language === 'ko' ? problem.ko : problem.en}`;
}
