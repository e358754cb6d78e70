import type { ReactNode } from 'react';
import type { ActiveFault, KnownFault } from '../../src/server/drill-view.ts';
import { useText } from '../data/preferences.tsx';
import { useClearFaults } from '../data/use-drill.ts';
import { useNarrow } from '../data/use-narrow.ts';
import css from '../pages/system.module.css';
import { grouped } from '../words/number.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { classes } from './classes.ts';
import { useMeaning } from './drill-form.tsx';
import { FailureNote } from './failure-note.tsx';
import { Empty } from './panel.tsx';
import table from './table.module.css';
import tone from './tone.module.css';

interface DrillListProps {
  readonly active: readonly ActiveFault[];
  readonly known: readonly KnownFault[];
}

/** The faults that are on, how often each has struck, and the way to end them. */
export function DrillList({ active, known }: DrillListProps): ReactNode {
  const { system } = useText();
  const clear = useClearFaults();
  const isNarrow = useNarrow();
  const means = useMeaning();
  const words = (name: string): string => {
    const fault = known.find((one) => one.name === name);
    return fault === undefined ? name : means(fault);
  };
  const rows = active.map((fault) => ({ fault, words: words(fault.fault), onClear: () => clear.mutate(fault.id) }));
  const all = (
    <Button size="s" onClick={() => clear.mutate(null)}>
      {system.clearAll}
    </Button>
  );
  return (
    <Card title={system.active} isFlush end={active.length > 0 ? all : undefined}>
      {active.length === 0 && <Empty title={system.none} says={system.noneSays} isInset />}
      {active.length > 0 && (isNarrow ? <Lines rows={rows} /> : <Table rows={rows} />)}
      <FailureNote error={clear.error} />
    </Card>
  );
}

interface Row {
  readonly fault: ActiveFault;
  readonly words: string;
  readonly onClear: () => void;
}

function Table({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  const { system } = useText();
  return (
    <table className={classes(table['table'], table['tall'])}>
      <thead>
        <tr>
          <th>{system.fault}</th>
          <th>{system.trId}</th>
          <th className={table['n']}>{system.chance}</th>
          <th className={table['n']}>{system.struckHead}</th>
          <th>
            <span className={tone['vh']}>{system.clear}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.fault.id}>
            <td className={css['means']}>
              {row.words} <small className={css['code']}>{row.fault.fault}</small>
            </td>
            <td className={css['code']}>{row.fault.trId === '*' ? system.everything : row.fault.trId}</td>
            <td className={table['n']}>{`${Math.round(row.fault.probability * 100)}%`}</td>
            <td className={table['n']}>
              <Struck fault={row.fault} />
            </td>
            <td className={table['n']}>
              <Off row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lines({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  const { system } = useText();
  return (
    <ul className={table['list']}>
      {rows.map((row) => (
        <li key={row.fault.id}>
          <span className={css['means']}>{row.words}</span>
          <span className={table['right']}>
            <Off row={row} />
          </span>
          <span className={table['sub']}>
            {row.fault.trId === '*' ? system.everything : row.fault.trId} · {Math.round(row.fault.probability * 100)}%
          </span>
          <span className={table['subRight']}>
            <Struck fault={row.fault} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Struck({ fault }: { readonly fault: ActiveFault }): ReactNode {
  const { system } = useText();
  return system.struck(grouped(fault.struck), fault.count === null ? null : grouped(fault.count));
}

function Off({ row }: { readonly row: Row }): ReactNode {
  const { system } = useText();
  return (
    <Button size="s" aria-label={system.clearLabel(row.words)} onClick={row.onClear}>
      {system.clear}
    </Button>
  );
}
