import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { SessionAnswer } from '../../src/server/answers.ts';
import { post, type ApiFailure } from '../data/api.ts';
import { usePreferences } from '../data/preferences.tsx';
import { BrandMark } from '../parts/icon.tsx';
import { Segmented } from '../parts/segmented.tsx';
import { EnterPassphrase } from '../parts/enter-passphrase.tsx';
import { Rings } from '../parts/rings.tsx';
import { SetPassphrase } from '../parts/set-passphrase.tsx';
import css from './login.module.css';

/** The way in: one-time address of the terminal, then the passphrase. */
export function LoginPage({ standing }: { readonly standing: SessionAnswer | null }): ReactNode {
  const { text, language, choose } = usePreferences();
  return (
    <main className={css['page']} id="main">
      <section className={css['form']} aria-label={text.login.title}>
        <header className={css['top']}>
          <span className={css['brand']}>
            <BrandMark />
            <span>{text.brand}</span>
          </span>
          <Segmented
            label={text.language.pick}
            value={language}
            options={[
              { value: 'ko', label: '한국어', lang: 'ko' },
              { value: 'en', label: 'English', lang: 'en' },
            ]}
            onChange={(language) => choose({ language })}
          />
        </header>
        <Step standing={standing} />
        <p className={css['foot']}>{text.login.stays}</p>
      </section>
      <aside className={css['aside']} aria-label={text.login.rings}>
        <Rings />
      </aside>
    </main>
  );
}

function Step({ standing }: { readonly standing: SessionAnswer | null }): ReactNode {
  const { text, language } = usePreferences();
  const [location, navigate] = useLocation();
  const redeemed = useOneTimeCode();
  useEffect(() => {
    if (standing?.state === 'open' && location === '/login' && !redeemed.isPending) navigate('/', { replace: true });
  }, [standing, location, navigate, redeemed.isPending]);
  if (redeemed.isPending) return <Says title={text.login.checking} says="" />;
  if (standing === null) return <Says title={text.login.title} says={text.panel.unreachable} />;
  switch (standing.state) {
    case 'passphrase-unset':
      return <SetPassphrase key={language} />;
    case 'passphrase-needed':
      return <EnterPassphrase waitMs={standing.waitMs} />;
    case 'terminal-needed':
      return redeemed.isError ? (
        <Says title={text.login.usedTitle} says={text.login.usedSays} command={text.login.terminalCode} />
      ) : (
        <Says title={text.login.terminalTitle} says={text.login.terminalSays} command={text.login.terminalCode} />
      );
    case 'open':
    default:
      return <Says title={text.login.title} says="" />;
  }
}

interface SaysProps {
  readonly title: string;
  readonly says: string;
  readonly command?: string;
}

function Says({ title, says, command }: SaysProps): ReactNode {
  return (
    <div className={css['box']}>
      <h1>{title}</h1>
      <p className={css['why']}>{says}</p>
      {command !== undefined && <p className={css['command']}>{command}</p>}
    </div>
  );
}

/** Gives the code after `/login#` to the server, once, and takes it out of the address bar and the history. */
function useOneTimeCode(): { readonly isPending: boolean; readonly isError: boolean } {
  const client = useQueryClient();
  const isSent = useRef(false);
  const redeem = useMutation<SessionAnswer, ApiFailure, string>({
    mutationFn: (code) => post('/api/login/one-time', { code }),
    onSuccess: (standing) => client.setQueryData(['session'], standing),
  });
  const { mutate } = redeem;
  useEffect(() => {
    const send = (): void => {
      const code = window.location.hash.slice(1);
      if (code === '' || window.location.pathname !== '/login' || isSent.current) return;
      isSent.current = true;
      window.history.replaceState(null, '', '/login');
      mutate(code, { onSettled: () => (isSent.current = false) });
    };
    send();
    window.addEventListener('hashchange', send);
    return () => window.removeEventListener('hashchange', send);
  }, [mutate]);
  return redeem;
}
