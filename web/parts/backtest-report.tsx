import { useMemo, useState, type ReactNode } from 'react';
import chartCss from '../charts/chart.module.css';
import { ReturnChart } from '../charts/return-chart.tsx';
import { useText } from '../data/preferences.tsx';
import { useBacktestResult } from '../data/use-backtest.ts';
import css from '../pages/lab.module.css';
import type { BacktestResultView } from '../../src/server/backtest-result-view.ts';
import { grouped, plain, signedPercent } from '../words/number.ts';
import { roundTrips } from '../words/round-trips.ts';
import { longDate } from '../words/seoul.ts';
import { toneOf } from './amount.tsx';
import { Button } from './button.tsx';
import buttonCss from './button.module.css';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import { FigureGroups } from './figure-groups.tsx';
import { Hero, PageHead } from './hero.tsx';
import layout from './layout.module.css';
import { MonthHeat } from './month-heat.tsx';
import { Panel } from './panel.tsx';
import { TradesTable } from './trades-table.tsx';
import { WhyCard } from './why-card.tsx';

interface BacktestReportProps {
  readonly jobId: string;
  /** Over the synthetic bars of trial mode. */
  readonly isSynthetic: boolean;
  readonly onChange: () => void;
}

/** The result of a backtest: return after costs first, then everything it rests on. */
export function BacktestReport({ jobId, isSynthetic, onChange }: BacktestReportProps): ReactNode {
  const text = useText();
  const query = useBacktestResult(jobId);
  return (
    <Panel query={query} what="result" source="runner">
      {(result) => (
        <>
          <PageHead title={text.pages.lab} meta={<Meta result={result} />}>
            <a
              className={classes(buttonCss['button'], buttonCss['s'])}
              href={`/api/backtests/${encodeURIComponent(jobId)}/report`}
              target="_blank"
              rel="noreferrer"
            >
              {text.lab.report}
            </a>
            <Button size="s" tone="primary" onClick={onChange}>
              {text.lab.change}
            </Button>
          </PageHead>
          <Headline result={result} />
          <Panels result={result} isSynthetic={isSynthetic} />
        </>
      )}
    </Panel>
  );
}

interface ResultProps {
  readonly result: BacktestResultView;
}

function Meta({ result }: ResultProps): ReactNode {
  const { lab } = useText();
  return `${result.strategy} · ${lab.meta(result.symbols.length, longDate(result.from), longDate(result.to))}`;
}

function Panels({ result, isSynthetic }: ResultProps & { readonly isSynthetic: boolean }): ReactNode {
  const trips = useMemo(() => roundTrips(result.trades), [result.trades]);
  const [picked, setPicked] = useState<string | null>(null);
  const trip = trips.find(({ key }) => key === picked) ?? trips[0];
  return (
    <div className={css['two']}>
      <div className={layout['stack']}>
        <ReturnCard result={result} isSynthetic={isSynthetic} />
        {result.trades.length > 0 && <MonthHeat result={result} />}
        <TradesTable trips={trips} denied={result.metrics.deniedOrders} picked={trip?.key ?? null} onPick={setPicked} />
      </div>
      <div className={layout['stack']}>
        {trip !== undefined && <WhyCard result={result} trip={trip} />}
        <FactsCard result={result} />
        {result.trades.length > 0 && <FigureGroups metrics={result.metrics} />}
      </div>
    </div>
  );
}

function Headline({ result: { metrics } }: ResultProps): ReactNode {
  const { lab, unit } = useText();
  const won = metrics.winRate === null ? null : Math.round(metrics.winRate * metrics.roundTrips);
  return (
    <section className={layout['heroBar']} aria-label={lab.hero}>
      <Hero
        label={lab.hero}
        className={toneOf(metrics.totalReturn)}
        line={metrics.benchmarkReturn === null ? undefined : lab.against(signedPercent(metrics.benchmarkReturn))}
      >
        {signedPercent(metrics.totalReturn)}
      </Hero>
      <dl className={layout['stats']}>
        <Stat label={lab.annual}>{ratio(metrics.annualReturn)}</Stat>
        <Stat label={lab.drawdown}>{signedPercent(metrics.maximumDrawdown)}</Stat>
        <Stat label={lab.sharpe} small={lab.sharpeSmall}>
          {metrics.sharpe === null ? '–' : plain(metrics.sharpe)}
        </Stat>
        <Stat label={lab.wins}>
          {metrics.winRate === null || won === null ? (
            '–'
          ) : (
            <>
              {Math.round(metrics.winRate * 100)}% <small>{lab.winsOf(metrics.roundTrips, won)}</small>
            </>
          )}
        </Stat>
        <Stat label={lab.costs} small={lab.costsSmall}>
          {grouped(metrics.costs?.total ?? metrics.fees + metrics.tax)}
          <small>{unit.won}</small>
        </Stat>
      </dl>
    </section>
  );
}

function ratio(value: number | null): string {
  return value === null ? '–' : signedPercent(value);
}

interface StatProps {
  readonly label: string;
  readonly small?: string;
  readonly children: ReactNode;
}

function Stat({ label, small, children }: StatProps): ReactNode {
  return (
    <div>
      <dt>
        {label} {small !== undefined && <small>{small}</small>}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function ReturnCard({ result, isSynthetic }: ResultProps & { readonly isSynthetic: boolean }): ReactNode {
  const text = useText();
  return (
    <Card
      title={text.lab.equity}
      meta={
        <span className={chartCss['legend']}>
          <span className={chartCss['legendMine']}>{text.lab.mine}</span>
          <span className={chartCss['legendQuiet']}>{text.lab.hold}</span>
        </span>
      }
      end={<span className={css['small']}>{text.lab.startCash(text.money.won(result.initialCash))}</span>}
    >
      {isSynthetic && <p className={css['small']}>{text.today.virtual}</p>}
      <ReturnChart result={result} />
    </Card>
  );
}

function FactsCard({ result }: ResultProps): ReactNode {
  const text = useText();
  const { lab } = text;
  const { metrics } = result;
  const [isWhole, setWhole] = useState(false);
  return (
    <Card title={lab.facts}>
      <dl className={classes(layout['dl'], css['facts'])}>
        <dt>{lab.final}</dt>
        <dd>{text.money.won(metrics.finalValue)}</dd>
        <dt>{lab.volatility}</dt>
        <dd>{metrics.volatility === null ? '–' : `${(metrics.volatility * 100).toFixed(2)}%`}</dd>
        <dt>{lab.profitFactor}</dt>
        <dd>{metrics.profitFactor === null ? '–' : metrics.profitFactor.toFixed(2)}</dd>
        <dt>{lab.exposure}</dt>
        <dd>{Math.round(metrics.exposure * 100)}%</dd>
        <dt>{lab.turnover}</dt>
        <dd>{grouped(Math.round(metrics.turnover * 1_000) / 10)}%</dd>
        <dt>{lab.denied}</dt>
        <dd>
          {grouped(metrics.deniedOrders)}
          {text.unit.orders}
        </dd>
      </dl>
      <p className={css['small']}>{lab.log}</p>
      <button type="button" className={css['hash']} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
        {isWhole ? result.decisionLogSha256 : `${result.decisionLogSha256.slice(0, 16)}…`}
      </button>
      <p className={css['small']}>{lab.logSays}</p>
    </Card>
  );
}
