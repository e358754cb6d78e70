import { lazy, Suspense, type ReactNode } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useText } from './data/preferences.tsx';
import { useSession } from './data/queries.ts';
import { EverythingPage } from './pages/everything.tsx';
import { LoginPage } from './pages/login.tsx';
import { OrdersPage } from './pages/orders.tsx';
import { SafetyPage } from './pages/safety.tsx';
import { MissingPage, SoonPage, type SoonKey } from './pages/soon.tsx';
import { StocksPage } from './pages/stocks.tsx';
import { SystemPage } from './pages/system.tsx';
import { TodayPage } from './pages/today.tsx';
import { Shell } from './shell/shell.tsx';

// Charts weigh more than everything else together; they come when they are looked at.
const StockPage = lazy(() => import('./pages/stock.tsx').then(({ StockPage }) => ({ default: StockPage })));
const LabPage = lazy(() => import('./pages/lab.tsx').then(({ LabPage }) => ({ default: LabPage })));

const soon: readonly (readonly [string, SoonKey])[] = [
  ['/assets', 'assets'],
  ['/strategies', 'strategies'],
  ['/runs', 'runs'],
  ['/vault', 'vault'],
  ['/incidents', 'incidents'],
];

/** The door first; behind it the pages. */
export function App(): ReactNode {
  const session = useSession();
  const [location] = useLocation();
  const text = useText();
  if (location === '/login' || session.data?.state !== 'open') {
    if (session.data === undefined && session.error === null) return <main aria-busy="true" aria-label={text.brand} />;
    return <LoginPage standing={session.data ?? null} />;
  }
  return (
    <Shell>
      <Suspense fallback={<p aria-busy="true" />}>
        <Pages />
      </Suspense>
    </Shell>
  );
}

function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/" component={TodayPage} />
      <Route path="/orders" component={OrdersPage} />
      <Route path="/s" component={StocksPage} />
      <Route path="/s/:code">{({ code }) => <StockPage key={code} symbol={code} />}</Route>
      <Route path="/lab" component={LabPage} />
      <Route path="/safety" component={SafetyPage} />
      <Route path="/system" component={SystemPage} />
      <Route path="/all" component={EverythingPage} />
      {soon.map(([path, key]) => (
        <Route key={key} path={path}>
          <SoonPage page={key} />
        </Route>
      ))}
      <Route component={MissingPage} />
    </Switch>
  );
}
