import type { ReactNode } from 'react';
import type { StrategyView } from '#link/runner-api.ts';
import { useAgeMs } from '../data/market-clock.ts';
import { useText } from '../data/preferences.tsx';
import { useStatus, useStrategies } from '../data/queries.ts';
import { useNarrow } from '../data/use-narrow.ts';
import { ageText } from '../words/age.ts';
import { Change } from './amount.tsx';
import { Card, TextLink } from './card.tsx';
import { Chip } from './chip.tsx';
import { classes } from './classes.ts';
import { Empty, Panel } from './panel.tsx';
import table from './table.module.css';

/** Every strategy that the runner knows, with its result of today. */
export function RunningStrategies(): ReactNode {
  const text = useText();
  const strategies = useStrategies();
  const isNarrow = useNarrow();
  const { today } = text;
  return (
    <Card title={today.running} isFlush end={<TextLink href="/lab">{today.runningEmptyDo}</TextLink>}>
      <Panel query={strategies} what="strategies" source="runner" isInset>
        {(data) => {
          if (data.length === 0) {
            const action = { href: '/lab', label: today.runningEmptyDo };
            return <Empty title={today.runningEmpty} says={today.runningEmptySays} action={action} isInset />;
          }
          return isNarrow ? <StrategyList strategies={data} /> : <StrategyTable strategies={data} />;
        }}
      </Panel>
    </Card>
  );
}

interface StrategiesProps {
  readonly strategies: readonly StrategyView[];
}

function StrategyTable({ strategies }: StrategiesProps): ReactNode {
  const { today, unit } = useText();
  const sum = (value: (strategy: StrategyView) => number): number =>
    strategies.reduce((total, strategy) => total + value(strategy), 0);
  return (
    <table className={classes(table['table'], table['tall'])}>
      <thead>
        <tr>
          <th>{today.strategy}</th>
          <th>{today.stage}</th>
          <th className={table['n']}>{today.holding}</th>
          <th className={table['n']}>
            {today.profit} {unit.wonInHead}
          </th>
          <th className={table['n']}>{today.ordersToday}</th>
          <th className={table['n']}>{today.answer}</th>
        </tr>
      </thead>
      <tbody>
        {strategies.map((strategy) => (
          <tr key={strategy.name}>
            <td className={table['name']}>{strategy.name}</td>
            <td>
              <StrategyChip strategy={strategy} />
            </td>
            <td className={table['n']}>{today.positions(strategy.positions)}</td>
            <td className={table['n']}>
              <Change value={strategy.profitOfDay} />
            </td>
            <td className={table['n']}>
              {strategy.ordersOfDay}
              {unit.orders}
            </td>
            <td className={table['n']}>
              <Age at={strategy.lastSeenAt} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>{today.total}</td>
          <td className={table['n']}>{today.positions(sum(({ positions }) => positions))}</td>
          <td className={table['n']}>
            <Change value={sum(({ profitOfDay }) => profitOfDay)} />
          </td>
          <td className={table['n']}>
            {sum(({ ordersOfDay }) => ordersOfDay)}
            {unit.orders}
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function StrategyList({ strategies }: StrategiesProps): ReactNode {
  const { today, unit } = useText();
  return (
    <ul className={table['list']}>
      {strategies.map((strategy) => (
        <li key={strategy.name}>
          <span className={table['top']}>
            {strategy.name} <StrategyChip strategy={strategy} />
          </span>
          <span className={table['right']}>
            <Change value={strategy.profitOfDay} />
          </span>
          <span className={table['sub']}>
            {today.holding} {today.positions(strategy.positions)} · {today.order} {strategy.ordersOfDay}
            {unit.orders}
          </span>
          <span className={table['subRight']}>
            <Age at={strategy.lastSeenAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function StrategyChip({ strategy }: { readonly strategy: StrategyView }): ReactNode {
  const { today } = useText();
  const { data } = useStatus();
  if (strategy.state === 'running') {
    return <Chip shape="on">{today.strategyRunning[data?.environment ?? 'trial']}</Chip>;
  }
  return <Chip shape={strategy.state === 'warming-up' ? 'wait' : 'no'}>{today.strategyStates[strategy.state]}</Chip>;
}

function Age({ at }: { readonly at: string }): ReactNode {
  const text = useText();
  const ageMs = useAgeMs(at);
  return ageMs === null ? null : ageText(text, ageMs);
}
