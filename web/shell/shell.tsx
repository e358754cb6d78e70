import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../data/preferences.tsx';
import { useStatus } from '../data/queries.ts';
import { useLive } from '../data/use-live.ts';
import { usePresence } from '../data/use-presence.ts';
import { classes } from '../parts/classes.ts';
import { EnvironmentBars } from './environment-bars.tsx';
import { BottomTabs, SideNav } from './navigation.tsx';
import css from './shell.module.css';
import { TopBar } from './top-bar.tsx';

const stockPath = /^\/s\/([0-9][0-9A-Z]{5})$/;

/** What surrounds every page: environment, navigation, header with the stop. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const text = useText();
  const [location] = useLocation();
  const { data } = useStatus();
  const main = useRef<HTMLElement>(null);
  useLive(stockPath.exec(location)?.[1] ?? null);
  usePresence();
  useEffect(() => {
    // In braces: newer browsers return a promise here, which React would take for a clean-up.
    window.scrollTo(0, 0);
  }, [location]);
  const environment = data?.environment ?? null;
  const isFramed = environment === 'trial' || environment === 'paper';
  return (
    <div
      className={classes(
        css['shell'],
        isFramed && css['framed'],
        environment === 'real' && css['real'],
        data !== undefined && data.halted !== null && css['halted'],
      )}
    >
      <a className={css['skip']} href="#main" onClick={() => main.current?.focus()}>
        {text.shell.skip}
      </a>
      <EnvironmentBars />
      <SideNav location={location} />
      <TopBar />
      <main id="main" ref={main} className={css['main']} tabIndex={-1}>
        {children}
      </main>
      <BottomTabs location={location} />
    </div>
  );
}
