import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { post } from '../data/api.ts';
import { usePreferences } from '../data/preferences.tsx';
import { IconButton } from '../parts/button.tsx';
import { BrandMark, Icon } from '../parts/icon.tsx';
import { Search } from './search.tsx';
import { SessionRibbon } from './session-ribbon.tsx';
import css from './shell.module.css';
import { StopButton } from './stop-button.tsx';

/** Search, market time, hiding of amounts, leaving, and the stop that never moves. */
export function TopBar(): ReactNode {
  const { text, isHidden, choose } = usePreferences();
  const [isSearching, setSearching] = useState(false);
  const client = useQueryClient();
  useHotkeys([['mod+K', () => setSearching(true)]], []);
  const leave = (): void => {
    post('/api/logout', {}).then(
      (answer) => client.setQueryData(['session'], answer),
      () => client.invalidateQueries({ queryKey: ['session'] }),
    );
  };
  return (
    <header className={css['top']}>
      <Link className={css['brandTop']} href="/" aria-label={text.brand}>
        <BrandMark />
      </Link>
      <button
        type="button"
        className={css['find']}
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => setSearching(true)}
      >
        <Icon name="search" />
        <span>{text.shell.search}</span>
        <kbd aria-hidden="true">⌘K</kbd>
      </button>
      <SessionRibbon />
      <IconButton
        className={css['eye']}
        aria-label={isHidden ? text.shell.show : text.shell.hide}
        aria-pressed={isHidden}
        onClick={() => choose({ isHidden: !isHidden })}
      >
        <Icon name={isHidden ? 'eyeClosed' : 'eye'} />
      </IconButton>
      <IconButton className={css['leave']} aria-label={text.shell.leave} title={text.shell.leave} onClick={leave}>
        <Icon name="leave" />
      </IconButton>
      <StopButton />
      <Search isOpen={isSearching} onClose={() => setSearching(false)} />
    </header>
  );
}
