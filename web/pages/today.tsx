import type { ReactNode } from 'react';
import type { PortfolioView } from '#link/views.ts';
import { EquityChart } from '../charts/equity-chart.tsx';
import { useStaleMs } from '../data/freshness.ts';
import { useAgeMs, useMarketNow } from '../data/market-clock.ts';
import { useText } from '../data/preferences.tsx';
import { useEquity, usePortfolio, useStatus } from '../data/queries.ts';
import { Change, Percent, Won } from '../parts/amount.tsx';
import { Card, TextLink } from '../parts/card.tsx';
import { classes } from '../parts/classes.ts';
import { Hero, PageHead } from '../parts/hero.tsx';
import { Icon } from '../parts/icon.tsx';
import layout from '../parts/layout.module.css';
import { Panel, StaleMark } from '../parts/panel.tsx';
import { RecentFills } from '../parts/recent-fills.tsx';
import { RunningStrategies } from '../parts/running-strategies.tsx';
import { TodoCard } from '../parts/todo-card.tsx';
import tone from '../parts/tone.module.css';
import { ageText } from '../words/age.ts';
import { brokerName } from '../words/broker-name.ts';
import { calendarDay } from '../words/seoul.ts';
import css from './today.module.css';

const balanceStaleMs = 60_000;

/** 오늘: how much there is, what needs a person, what runs, what was filled. */
export function TodayPage(): ReactNode {
  const text = useText();
  return (
    <>
      <PageHead title={text.pages.today} meta={<DayWords />} />
      <div className={classes(layout['two'], layout['even'])}>
        <EquityCard />
        <TodoCard />
      </div>
      <div className={classes(layout['two'], layout['even'], layout['gap'])}>
        <RunningStrategies />
        <AccountCard />
      </div>
      <RecentFills className={layout['gap']} />
    </>
  );
}

/** The day of the market in words. */
export function DayWords(): ReactNode {
  const text = useText();
  const now = useMarketNow(10_000);
  if (now === null) return null;
  const { month, day, weekday } = calendarDay(now);
  return text.time.day(month, day, weekday);
}

function EquityCard(): ReactNode {
  const text = useText();
  const portfolio = usePortfolio();
  return (
    <Card title={text.today.equity} isTitleHidden className={css['hero']}>
      <Panel query={portfolio} what="portfolio">
        {(data) => <EquityBody portfolio={data} />}
      </Panel>
    </Card>
  );
}

function EquityBody({ portfolio }: { readonly portfolio: PortfolioView }): ReactNode {
  const text = useText();
  const equity = useEquity();
  const now = useMarketNow(1_000);
  const { data: status } = useStatus();
  const change = portfolio.equity - portfolio.equityAtOpen;
  const isStale = useStaleMs() !== null;
  return (
    <>
      <div className={css['heroTop']}>
        <Hero
          label={text.today.equity}
          unit={text.unit.won}
          line={
            <>
              <b>
                <Change value={change} hasUnit isLead />
              </b>{' '}
              <span className={tone['nowrap']}>
                (<Percent value={portfolio.equityAtOpen === 0 ? 0 : change / portfolio.equityAtOpen} />)
              </span>{' '}
              <span className={tone['quiet']}>{text.today.sinceOpen}</span>
            </>
          }
        >
          <Won value={portfolio.equity} isStale={isStale} />
        </Hero>
        <Split portfolio={portfolio} />
      </div>
      <div className={css['chart']}>
        <Panel query={equity} what="equity">
          {(points) =>
            now === null ? null : (
              <EquityChart
                points={points}
                open={portfolio.equityAtOpen}
                now={now}
                isVirtual={status?.environment === 'trial'}
              />
            )
          }
        </Panel>
      </div>
    </>
  );
}

function Split({ portfolio }: { readonly portfolio: PortfolioView }): ReactNode {
  const { today } = useText();
  return (
    <dl className={css['split']} aria-label={today.split}>
      <dt>{today.realised}</dt>
      <dd>
        <SignedWon value={portfolio.realisedOfDay} />
      </dd>
      <dt>{today.unrealised}</dt>
      <dd>
        <SignedWon value={portfolio.unrealised} />
      </dd>
      <dt>{today.fees}</dt>
      <dd>
        <Won value={-portfolio.feesOfDay} />
      </dd>
      <dt>
        {today.tax} <span className={tone['unsure']}>{today.estimate}</span>
      </dt>
      <dd>
        <Won value={-portfolio.taxOfDay} />
      </dd>
    </dl>
  );
}

/** Sign and colour without the mark, as in small tables. */
function SignedWon({ value }: { readonly value: number }): ReactNode {
  return (
    <span className={css['signed']}>
      <Change value={value} />
    </span>
  );
}

function AccountCard(): ReactNode {
  const text = useText();
  const portfolio = usePortfolio();
  return (
    <Card title={text.today.account} end={<AccountEnd />}>
      <Panel query={portfolio} what="portfolio">
        {(data) => <AccountRows portfolio={data} />}
      </Panel>
    </Card>
  );
}

function AccountEnd(): ReactNode {
  const text = useText();
  return useStaleMs() === null ? <TextLink href="/s">{text.today.seeStocks}</TextLink> : <StaleMark />;
}

function AccountRows({ portfolio }: { readonly portfolio: PortfolioView }): ReactNode {
  const text = useText();
  const { data: status } = useStatus();
  const ageMs = useAgeMs(portfolio.confirmedAt);
  const isOld = ageMs === null || ageMs > balanceStaleMs;
  const stocks = portfolio.equity - portfolio.cash;
  return (
    <ul className={css['account']}>
      <li>
        <div>
          <b>{status === undefined ? '' : brokerName(text.brokers, status.broker)}</b>
          <small>{status?.account}</small>
        </div>
        <div className={css['value']}>
          <Won value={portfolio.equity} hasUnit isStale={isOld} />
          <small>
            {isOld && <Icon name="clock" size="xs" />}
            {ageMs === null ? text.today.unconfirmed : ageText(text, ageMs)}
          </small>
        </div>
      </li>
      <li>
        <div>
          <b>{text.today.stockValue}</b>
          <small>{text.today.positions(portfolio.positions.length)}</small>
        </div>
        <div className={css['value']}>
          <Won value={stocks} hasUnit />
        </div>
      </li>
      <li>
        <div>
          <b>{text.today.cash}</b>
          <small>{text.today.orderable}</small>
        </div>
        <div className={css['value']}>
          <Won value={portfolio.cash} hasUnit />
          <small>
            <Won value={portfolio.orderableCash} hasUnit />
          </small>
        </div>
      </li>
    </ul>
  );
}
