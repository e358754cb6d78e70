import type { Result } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { BlastRadiusRow, LimitPolicyView } from '#link/limit-api.ts';
import type { BacktestChoice, BacktestJob, StrategyView } from '#link/runner-api.ts';
import type {
  BarView,
  CheckView,
  InstrumentView,
  LimitView,
  OrderBookView,
  OrderView,
  PortfolioView,
  QuoteView,
  StatusView,
} from '#link/views.ts';
import type { AlertListView } from './alert-list-view.ts';
import type { BacktestResultView } from './backtest-result-view.ts';
import type { ActiveFault, DrillClock, DrillView } from './drill-view.ts';

/** Where a person stands on the way in. */
export type SessionAnswer =
  | { readonly state: 'terminal-needed' }
  | { readonly state: 'passphrase-needed'; readonly waitMs: number }
  | { readonly state: 'passphrase-unset' }
  | { readonly state: 'open'; readonly idleMs: number };

/** What every refusal and failure looks like: a stable code, and a sentence for a person who reads logs. */
export interface FailureAnswer {
  readonly code: string;
  readonly message: string;
  /** Only with `login.throttled`: how long to wait. */
  readonly waitMs?: number;
}

export interface EquityPoint {
  readonly at: string;
  readonly equity: number;
}

export interface Dataset {
  readonly symbol: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly bars: number;
}

export interface VerdictAnswer {
  readonly approved: boolean;
  readonly checks: readonly CheckView[];
}

/** What each GET under /api answers; `:x` stands for one segment. */
export interface GetAnswers {
  '/api/session': SessionAnswer;
  '/api/status': StatusView;
  '/api/portfolio': PortfolioView;
  '/api/equity': readonly EquityPoint[];
  '/api/orders': readonly OrderView[];
  '/api/orders/:id': OrderView;
  '/api/instruments': readonly InstrumentView[];
  '/api/quotes': readonly QuoteView[];
  '/api/instruments/:symbol/quote': QuoteView;
  '/api/instruments/:symbol/book': OrderBookView;
  '/api/instruments/:symbol/bars': readonly BarView[];
  '/api/limits': readonly LimitView[];
  '/api/limit-policy': LimitPolicyView;
  '/api/alerts': AlertListView;
  '/api/blast-radius': readonly BlastRadiusRow[];
  '/api/strategies': readonly StrategyView[];
  '/api/datasets': readonly Dataset[];
  '/api/backtest-choices': readonly BacktestChoice[];
  '/api/backtests/:id': BacktestJob;
  '/api/backtests/:id/result': BacktestResultView;
  '/api/drill': DrillView;
}

/** What each POST under /api answers. */
export interface PostAnswers {
  '/api/login/one-time': SessionAnswer;
  '/api/login/passphrase': SessionAnswer;
  '/api/passphrase': SessionAnswer;
  '/api/session/touch': SessionAnswer;
  '/api/logout': SessionAnswer;
  '/api/orders': OrderView;
  '/api/orders/preview': VerdictAnswer;
  '/api/orders/cancel-all': { readonly asked: number; readonly cancelled: number };
  '/api/orders/:id/cancel': OrderView;
  '/api/orders/:id/amend': OrderView;
  '/api/orders/:id/find': OrderView;
  '/api/orders/:id/settle': OrderView;
  '/api/orders/:id/confirm': Readonly<Record<string, never>>;
  '/api/orders/declare': Readonly<Record<string, never>>;
  '/api/universe/list': LimitPolicyView;
  '/api/universe/unlist': LimitPolicyView;
  '/api/halt': StatusView;
  '/api/resume/prepare': Result<GatewayApi, 'prepareResume'>;
  '/api/resume': StatusView;
  '/api/limits/tighten': LimitPolicyView;
  '/api/limits/loosen': LimitPolicyView;
  '/api/limits/withdraw': LimitPolicyView;
  '/api/backtests': BacktestJob;
  '/api/backtests/:id/cancel': BacktestJob;
  '/api/drill/faults': readonly ActiveFault[];
  '/api/drill/faults/clear': readonly ActiveFault[];
  '/api/drill/clock': DrillClock;
}

/** Events of `/api/events`, by name. */
export interface LiveEvents {
  status: StatusView;
  quotes: readonly QuoteView[];
  book: OrderBookView;
  order: OrderView;
  portfolio: PortfolioView;
  strategies: readonly StrategyView[];
  /** Which of the two processes behind the pages answer now. */
  links: { readonly gateway: 'up' | 'down'; readonly runner: 'up' | 'down' };
}
