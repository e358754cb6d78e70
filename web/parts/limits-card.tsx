import { Fragment, type ReactNode } from 'react';
import type { LimitView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useLimits, useNames, useStatus } from '../data/queries.ts';
import { useNarrow } from '../data/use-narrow.ts';
import css from '../pages/safety.module.css';
import type { Strings } from '../strings.ko.ts';
import { brokerName } from '../words/broker-name.ts';
import { guardNumber, ruleName } from '../words/guard-words.ts';
import { plain } from '../words/number.ts';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import { Meter, nearShare } from './meter.tsx';
import { Panel } from './panel.tsx';
import table from './table.module.css';
import tone from './tone.module.css';

interface Group {
  readonly key: string;
  readonly scope: LimitView['scope'];
  readonly name: string;
  readonly limits: readonly LimitView[];
}

const scopes = ['account', 'strategy', 'symbol'] as const;

/** Every limit with a bar, what is used, what is allowed and what happens beyond it. */
export function LimitsCard(): ReactNode {
  const text = useText();
  const query = useLimits();
  const isNarrow = useNarrow();
  const groups = useGroups(query.data ?? []);
  return (
    <Card title={text.safety.limits} meta={text.safety.limitsSays} isFlush>
      <Panel query={query} what="limits" isInset>
        {() => (isNarrow ? <LimitList groups={groups} /> : <LimitTable groups={groups} />)}
      </Panel>
    </Card>
  );
}

function useGroups(limits: readonly LimitView[]): readonly Group[] {
  const text = useText();
  const name = useNames();
  const { data: status } = useStatus();
  const account = status === undefined ? '' : `${brokerName(text.brokers, status.broker)} ${status.account}`;
  return scopes.flatMap((scope) => {
    const inScope = limits.filter((limit) => limit.scope === scope && limit.limit !== 0);
    const subjects = [...new Set(inScope.map(({ subject }) => subject))];
    return subjects.map((subject) => ({
      key: `${scope} ${subject}`,
      scope,
      name: scope === 'account' ? account : scope === 'symbol' ? name(subject) : subject,
      limits: inScope.filter((limit) => limit.subject === subject),
    }));
  });
}

interface GroupsProps {
  readonly groups: readonly Group[];
}

function LimitTable({ groups }: GroupsProps): ReactNode {
  const { safety } = useText();
  return (
    <table className={classes(table['table'], css['limits'])}>
      <thead>
        <tr>
          <th>{safety.item}</th>
          <th>
            <span className={tone['vh']}>{safety.usedHead}</span>
          </th>
          <th className={table['n']}>{safety.now}</th>
          <th className={table['n']}>{safety.limit}</th>
          <th>{safety.over}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group.key}>
            {!isSingle(group) && (
              <tr className={classes(css['group'], group.scope !== 'account' && css['level1'])}>
                <th colSpan={5} scope="rowgroup">
                  <span className={css['kind']}>{safety.scopes[group.scope]}</span>
                  {group.name}
                </th>
              </tr>
            )}
            {group.limits.map((limit) => (
              <LimitRow key={limit.code} limit={limit} group={group} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** A stock with one limit is one row that carries its name. */
function isSingle({ scope, limits }: Group): boolean {
  return scope === 'symbol' && limits.length === 1;
}

function LimitName({ limit, group }: LimitRowProps): ReactNode {
  const text = useText();
  if (!isSingle(group)) return ruleName(text, limit.code);
  return (
    <>
      <span className={css['kind']}>{text.safety.scopes.symbol}</span>
      {group.name}
    </>
  );
}

interface LimitRowProps {
  readonly limit: LimitView;
  readonly group: Group;
}

function LimitRow({ limit, group }: LimitRowProps): ReactNode {
  const text = useText();
  return (
    <tr className={classes(group.scope !== 'account' && css['level1'], isSingle(group) && css['elbow'])}>
      <th scope="row">
        <LimitName limit={limit} group={group} />
      </th>
      <td className={css['bar']}>
        <LimitMeter limit={limit} />
      </td>
      <td className={table['n']}>
        <Used limit={limit} />
      </td>
      <td className={classes(table['n'], tone['quiet'])}>{guardNumber(text, limit.limit, limit.unit)}</td>
      <td className={table['say']}>{text.guard[limit.code]?.over}</td>
    </tr>
  );
}

/** Ink until nine tenths are used, then red and bold. */
function Used({ limit }: { readonly limit: LimitView }): ReactNode {
  const used = plain(limit.used);
  return limit.used / limit.limit >= nearShare ? <b className={css['near']}>{used}</b> : used;
}

function LimitMeter({ limit }: { readonly limit: LimitView }): ReactNode {
  const text = useText();
  return <Meter share={limit.used / limit.limit} label={meterLabel(text, limit)} />;
}

function meterLabel(text: Strings, { code, limit, used, unit }: LimitView): string {
  return text.safety.meter(ruleName(text, code), guardNumber(text, limit, unit), guardNumber(text, used, unit));
}

function LimitList({ groups }: GroupsProps): ReactNode {
  const text = useText();
  return (
    <ul className={css['limitList']}>
      {groups.map((group) => (
        <Fragment key={group.key}>
          {!isSingle(group) && (
            <li className={css['group']}>
              <span>
                <span className={css['kind']}>{text.safety.scopes[group.scope]}</span>
                {group.name}
              </span>
            </li>
          )}
          {group.limits.map((limit) => (
            <li key={limit.code} className={group.scope === 'account' ? undefined : css['level1']}>
              <span>
                <LimitName limit={limit} group={group} />
              </span>
              <span className={css['numbers']}>
                <Used limit={limit} /> <span>/ {guardNumber(text, limit.limit, limit.unit)}</span>
              </span>
              <span className={css['meterRow']}>
                <LimitMeter limit={limit} />
              </span>
            </li>
          ))}
        </Fragment>
      ))}
    </ul>
  );
}
