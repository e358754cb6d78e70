import type { BacktestResult } from '#backtest/result.ts';
import type { Language } from '#link/language.ts';
import type { BacktestSubject } from './backtest-subject.ts';

/** What a worker thread is given for one backtest. */
export interface BacktestWork {
  readonly strategy: string;
  readonly subject: BacktestSubject;
  readonly symbols: readonly string[];
  /** Names of the instruments by listing code, as the target file has them. */
  readonly names: Readonly<Record<string, string>>;
  /** yyyymmdd, both included. */
  readonly from: number;
  readonly to: number;
  readonly cash: number;
  /** Bar stores in the order in which they are looked through. */
  readonly storeFiles: readonly string[];
  /** Some of the bars are the synthetic ones of trial mode. */
  readonly isSynthetic: boolean;
  readonly language: Language;
}

/** What the worker posts back. */
export type BacktestNews =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly result: BacktestResult; readonly html: string }
  | { readonly kind: 'failed'; readonly sentence: string };
