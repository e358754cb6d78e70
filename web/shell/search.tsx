import { Modal } from '@mantine/core';
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { QuoteView } from '#link/views.ts';
import { useText } from '../data/preferences.tsx';
import { useInstruments, useQuotes } from '../data/queries.ts';
import { Percent } from '../parts/amount.tsx';
import { classes } from '../parts/classes.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-shapes.tsx';
import { matchRank } from '../words/find.ts';
import { grouped } from '../words/number.ts';
import { pageGroups } from './pages.ts';
import css from './search.module.css';

const stocksMax = 8;

interface Found {
  readonly key: string;
  readonly href: string;
  readonly name: string;
  readonly icon: IconName;
  readonly code: string;
  readonly quote: QuoteView | null;
  readonly kind: 'stock' | 'page';
}

interface SearchProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Finds a stock or a page by name, code, initial consonants or the wrong keyboard. */
export function Search({ isOpen, onClose }: SearchProps): ReactNode {
  const text = useText();
  return (
    <Modal.Root
      opened={isOpen}
      onClose={onClose}
      lockScroll={false}
      padding={0}
      size={560}
      yOffset={96}
      transitionProps={{ duration: 0 }}
      classNames={{ content: css['content'] ?? '' }}
    >
      <Modal.Overlay backgroundOpacity={0.24} />
      <Modal.Content radius={12} aria-label={text.shell.search}>
        <Modal.Body>
          <SearchBody onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function SearchBody({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useText();
  const id = useId();
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const found = useFound(query);
  useEffect(() => setActive(0), [query]);
  const go = (index: number): void => {
    const target = found[index];
    if (target === undefined) return;
    onClose();
    navigate(target.href);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') go(active);
    if (step === 0 || found.length === 0) return;
    event.preventDefault();
    setActive((active + step + found.length) % found.length);
  };
  return (
    <>
      <div className={css['field']}>
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length === 0 ? undefined : `${id}-${active}`}
          aria-label={text.shell.searchLabel}
          placeholder={text.shell.searchLabel}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKey}
        />
      </div>
      <div className={css['results']} role="listbox" id={`${id}-list`} aria-label={text.shell.search} tabIndex={-1}>
        {found.length === 0 && <p className={css['none']}>{text.shell.searchEmpty}</p>}
        {found.map((item, index) => (
          <FoundRow
            key={item.key}
            id={`${id}-${index}`}
            item={item}
            isActive={index === active}
            onPick={() => go(index)}
            onPoint={() => setActive(index)}
          />
        ))}
      </div>
      <p className={css['hint']}>{text.shell.searchHint}</p>
    </>
  );
}

interface FoundRowProps {
  readonly id: string;
  readonly item: Found;
  readonly isActive: boolean;
  readonly onPick: () => void;
  readonly onPoint: () => void;
}

function FoundRow({ id, item, isActive, onPick, onPoint }: FoundRowProps): ReactNode {
  const { quote } = item;
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      className={classes(css['result'], isActive && css['active'])}
      onClick={onPick}
      onPointerMove={onPoint}
    >
      <Icon name={item.icon} />
      <span>{item.name}</span>
      <span className={css['code']}>{item.code}</span>
      {quote !== null && (
        <span className={css['price']}>
          {grouped(quote.price)}
          <Percent value={quote.price / quote.basePrice - 1} />
        </span>
      )}
    </div>
  );
}

function useFound(query: string): readonly Found[] {
  const text = useText();
  const { data: instruments } = useInstruments();
  const { data: quotes } = useQuotes();
  return useMemo(() => {
    const bySymbol = new Map((quotes ?? []).map((quote) => [quote.symbol, quote]));
    const stocks = (instruments ?? []).map(({ symbol, name }): Found => ({
      key: symbol,
      href: `/s/${symbol}`,
      name,
      icon: 'stock',
      code: symbol,
      quote: bySymbol.get(symbol) ?? null,
      kind: 'stock',
    }));
    const pages = pageGroups
      .flatMap((group) => group.pages)
      .map(({ key, href, icon }): Found => ({
        key,
        href,
        name: text.pages[key],
        icon,
        code: '',
        quote: null,
        kind: 'page',
      }));
    return [...ranked(query, stocks).slice(0, stocksMax), ...ranked(query, pages)];
  }, [query, instruments, quotes, text]);
}

function ranked(query: string, items: readonly Found[]): Found[] {
  return items
    .map((item) => ({ item, rank: matchRank(query, item) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ item }) => item);
}
