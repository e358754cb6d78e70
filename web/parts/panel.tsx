import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useStaleMs } from '../data/freshness.ts';
import { liveState } from '../data/live-state.ts';
import { useText } from '../data/preferences.tsx';
import type { Answer } from '../data/queries.ts';
import type { Strings } from '../strings.ko.ts';
import { ageText } from '../words/age.ts';
import { Button } from './button.tsx';
import buttonCss from './button.module.css';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import css from './panel.module.css';
import tone from './tone.module.css';

/** Bones after this long, a sentence after three seconds (look/README §3). */
const bonesAfterMs = 300;
const wordsAfterMs = 3_000;

interface PanelProps<T> {
  readonly query: Answer<T>;
  readonly what: keyof Strings['panel']['what'];
  /** Whose silence explains a failure. */
  readonly source?: 'gateway' | 'runner';
  /** Inside a card whose table reaches the edges. */
  readonly isInset?: boolean;
  readonly children: (data: T) => ReactNode;
}

/** Shows data when there is any, and otherwise why there is none: loading, or failed with a way to try again. */
export function Panel<T>({ query, what, source = 'gateway', isInset = false, children }: PanelProps<T>): ReactNode {
  const inset = isInset ? css['inset'] : undefined;
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Failed query={query} what={what} source={source} className={inset} />;
  return <Loading what={what} className={inset} />;
}

function Loading({
  what,
  className,
}: {
  what: keyof Strings['panel']['what'];
  className: string | undefined;
}): ReactNode {
  const text = useText();
  const [waitedMs, setWaitedMs] = useState(0);
  useEffect(() => {
    const timers = [bonesAfterMs, wordsAfterMs].map((ms) => window.setTimeout(() => setWaitedMs(ms), ms));
    return () => timers.forEach((timer) => window.clearTimeout(timer));
  }, []);
  if (waitedMs === 0) return <div aria-busy="true" />;
  return (
    <div aria-busy="true" className={className}>
      <p className={waitedMs === wordsAfterMs ? css['say'] : tone['vh']}>
        {waitedMs === wordsAfterMs ? text.panel.waiting(text.panel.what[what]) : text.panel.loading}
      </p>
      <div className={css['bones']} aria-hidden="true">
        {[62, 48, 55].map((width) => (
          <svg key={width} className={css['bone']} viewBox="0 0 100 6" preserveAspectRatio="none">
            <rect width={width} height="2" y="2" rx="1" />
            <rect x="84" width="16" height="2" y="2" rx="1" />
          </svg>
        ))}
      </div>
    </div>
  );
}

interface FailedProps<T> {
  readonly query: Answer<T>;
  readonly what: keyof Strings['panel']['what'];
  readonly source: 'gateway' | 'runner';
  readonly className: string | undefined;
}

function Failed<T>({ query, what, source, className }: FailedProps<T>): ReactNode {
  const text = useText();
  const why = query.error?.status === 0 ? text.panel.unreachable : text.panel[`${source}Down`];
  const isDown = query.error?.status === 0 || query.error?.code === 'link.down' || liveState()[source] === 'down';
  return (
    <div className={className}>
      <p className={css['say']}>
        <b>{text.panel.failed(text.panel.what[what])}</b> {isDown && why}
      </p>
      <p className={css['do']}>
        <Button size="s" onClick={() => void query.refetch()}>
          {text.panel.tryAgain}
        </Button>
        <span className={css['code']}>{query.error?.code}</span>
      </p>
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly says: string;
  readonly action?: { readonly href: string; readonly label: string };
  readonly isInset?: boolean;
}

/** Why nothing is here yet, what would fill it, and the way there. */
export function Empty({ title, says, action, isInset = false }: EmptyProps): ReactNode {
  return (
    <div className={classes(isInset && css['inset'])}>
      <p className={css['say']}>
        {title !== '' && (
          <>
            {title}
            <br />
          </>
        )}
        {says}
      </p>
      {action !== undefined && (
        <p className={css['do']}>
          <LinkButton href={action.href}>{action.label}</LinkButton>
        </p>
      )}
    </div>
  );
}

interface LinkButtonProps {
  readonly href: string;
  readonly tone?: 'plain' | 'primary';
  readonly children: ReactNode;
}

/** A way to another page that looks like a button. */
export function LinkButton({ href, tone: look = 'plain', children }: LinkButtonProps): ReactNode {
  return (
    <Link href={href} className={classes(buttonCss['button'], buttonCss['s'], buttonCss[look])}>
      {children}
    </Link>
  );
}

/** The age of old values, at the right of a card's head; nothing while values are fresh. */
export function StaleMark(): ReactNode {
  const text = useText();
  const staleMs = useStaleMs();
  if (staleMs === null) return null;
  return (
    <span className={css['age']}>
      <Icon name="clock" size="xs" />
      {text.panel.stale(ageText(text, staleMs))}
    </span>
  );
}
