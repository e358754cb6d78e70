import type { ReactNode } from 'react';
import type { DrillClock } from '../../src/server/drill-view.ts';
import { useText } from '../data/preferences.tsx';
import { useClockChange } from '../data/use-drill.ts';
import css from '../pages/system.module.css';
import { calendarDay, clock as clockText } from '../words/seoul.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { FailureNote } from './failure-note.tsx';
import { Segmented } from './segmented.tsx';

const speeds = ['1', '10', '60', '300', '1000'] as const;
const steps = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
] as const;

/** Market time: how fast it runs, whether it stands still, and a way to move it on by hand. */
export function ClockCard({ clock }: { readonly clock: DrillClock }): ReactNode {
  const { system, time } = useText();
  const change = useClockChange();
  const { month, day, weekday } = calendarDay(clock.now);
  return (
    <Card title={system.clock}>
      <p className={css['clock']}>{clockText(clock.now)}</p>
      <p className={css['state']}>
        {time.day(month, day, weekday)} · {clock.paused ? system.paused : system.running(String(clock.speed))}
      </p>
      <Button isWide onClick={() => change.mutate({ pause: !clock.paused })}>
        {clock.paused ? system.resume : system.pause}
      </Button>
      <div className={css['set']}>
        <span>{system.speed}</span>
        <Segmented
          label={system.speed}
          value={String(clock.speed)}
          options={speeds.map((speed) => ({ value: speed as string, label: speed }))}
          onChange={(speed) => change.mutate({ speed: Number(speed) })}
        />
      </div>
      <div className={css['set']}>
        <span>{system.step}</span>
        <div className={css['do']}>
          {steps.map(([name, seconds]) => (
            <Button key={name} size="s" onClick={() => change.mutate({ step: seconds })}>
              {system.steps[name]}
            </Button>
          ))}
        </div>
      </div>
      <FailureNote error={change.error} />
    </Card>
  );
}
