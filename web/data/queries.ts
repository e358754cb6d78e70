import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AlertListView } from '../../src/server/alert-list-view.ts';
import type { Dataset, EquityPoint, SessionAnswer } from '../../src/server/answers.ts';
import type { BacktestChoice, StrategyView } from '#link/runner-api.ts';
import type {
  BarView,
  InstrumentView,
  LimitView,
  OrderBookView,
  OrderView,
  PortfolioView,
  QuoteView,
  StatusView,
} from '#link/views.ts';
import { get, type ApiFailure } from './api.ts';

export type Answer<T> = UseQueryResult<T, ApiFailure>;

export function useSession(): Answer<SessionAnswer> {
  return useQuery({ queryKey: ['session'], queryFn: () => get('/api/session'), refetchInterval: 60_000 });
}

export function useStatus(): Answer<StatusView> {
  return useQuery({ queryKey: ['status'], queryFn: () => get('/api/status'), refetchInterval: 15_000 });
}

export function usePortfolio(): Answer<PortfolioView> {
  return useQuery({ queryKey: ['portfolio'], queryFn: () => get('/api/portfolio') });
}

export function useEquity(): Answer<readonly EquityPoint[]> {
  return useQuery({ queryKey: ['equity'], queryFn: () => get('/api/equity'), refetchInterval: 5_000 });
}

/** Newest first. */
export function useOrders(): Answer<readonly OrderView[]> {
  return useQuery({ queryKey: ['orders'], queryFn: () => get('/api/orders') });
}

export function useInstruments(): Answer<readonly InstrumentView[]> {
  return useQuery({ queryKey: ['instruments'], queryFn: () => get('/api/instruments') });
}

export function useQuotes(): Answer<readonly QuoteView[]> {
  return useQuery({ queryKey: ['quotes'], queryFn: () => get('/api/quotes') });
}

export function useAlerts(): Answer<AlertListView> {
  return useQuery({ queryKey: ['alerts'], queryFn: () => get('/api/alerts'), refetchInterval: 3_000 });
}

export function useLimits(): Answer<readonly LimitView[]> {
  return useQuery({ queryKey: ['limits'], queryFn: () => get('/api/limits'), refetchInterval: 3_000 });
}

export function useStrategies(): Answer<readonly StrategyView[]> {
  return useQuery({ queryKey: ['strategies'], queryFn: () => get('/api/strategies'), refetchInterval: 5_000 });
}

export function useDatasets(): Answer<readonly Dataset[]> {
  return useQuery({ queryKey: ['datasets'], queryFn: () => get('/api/datasets') });
}

/** Everything that can be backtested. */
export function useBacktestChoices(): Answer<readonly BacktestChoice[]> {
  return useQuery({ queryKey: ['backtest-choices'], queryFn: () => get('/api/backtest-choices') });
}

export function useBook(symbol: string): Answer<OrderBookView> {
  return useQuery({ queryKey: ['book', symbol], queryFn: () => get('/api/instruments/:symbol/book', { symbol }) });
}

export function useBars(symbol: string, interval: '1m' | '1d'): Answer<readonly BarView[]> {
  return useQuery({
    queryKey: ['bars', symbol, interval],
    queryFn: () => get('/api/instruments/:symbol/bars', { symbol }, `?interval=${interval}&count=200`),
    refetchInterval: 15_000,
  });
}

/** Names by code; the code itself where the list has not come yet. */
export function useNames(): (symbol: string) => string {
  const { data } = useInstruments();
  return useMemo(() => {
    const names = new Map((data ?? []).map(({ symbol, name }) => [symbol, name]));
    return (symbol: string) => names.get(symbol) ?? symbol;
  }, [data]);
}
