/** Why an expression cannot be read, and at which character. */
export interface ExpressionProblem {
  /** 1 for the first character. */
  readonly column: number;
  readonly ko: string;
  readonly en: string;
}

/** Ends the reading of an expression at its first problem; `parseExpression` turns it into a value. */
export class UnreadableExpression extends Error {
  readonly problem: ExpressionProblem;

  constructor(column: number, texts: { readonly ko: string; readonly en: string }) {
    super(texts.en);
    this.problem = { column, ...texts };
  }
}
