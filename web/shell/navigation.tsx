import { useId, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useLiveState } from '../data/live-state.ts';
import { useText } from '../data/preferences.tsx';
import { useOrders, useStatus } from '../data/queries.ts';
import { classes } from '../parts/classes.ts';
import { BrandMark, Icon } from '../parts/icon.tsx';
import { ageText } from '../words/age.ts';
import { isAt, pageGroups, tabEntries, type PageEntry } from './pages.ts';
import css from './shell.module.css';

/** The column at the left; icons only on a tablet. */
export function SideNav({ location }: { readonly location: string }): ReactNode {
  const text = useText();
  const id = useId();
  return (
    <nav className={css['nav']} aria-label={text.shell.menu}>
      <Link className={css['brand']} href="/" aria-label={text.brand}>
        <BrandMark />
        <span aria-hidden="true">{text.brand}</span>
      </Link>
      {pageGroups.map((group) => (
        <div key={group.key}>
          <p className={css['group']} id={`${id}-${group.key}`}>
            {text.shell.groups[group.key]}
          </p>
          <ul aria-labelledby={`${id}-${group.key}`}>
            {group.pages.map((page) => (
              <li key={page.key}>
                <NavItem page={page} location={location} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <Foot />
    </nav>
  );
}

function NavItem({ page, location }: { readonly page: PageEntry; readonly location: string }): ReactNode {
  const text = useText();
  return (
    <Link
      href={page.href}
      className={classes(css['item'], !page.isReady && css['later'])}
      aria-current={isAt(location, page.href) ? 'page' : undefined}
      title={text.pages[page.key]}
    >
      <Icon name={page.icon} />
      <span className={css['word']}>{text.pages[page.key]}</span>
      {page.key === 'orders' && <UnknownBadge />}
    </Link>
  );
}

function UnknownBadge(): ReactNode {
  const text = useText();
  const { data } = useOrders();
  const count = (data ?? []).filter(({ state }) => state === 'unknown' || state === 'escalated').length;
  if (count === 0) return null;
  return (
    <span className={css['badge']} role="img" aria-label={text.shell.unknownBadge(count)}>
      {count}
    </span>
  );
}

function Foot(): ReactNode {
  const text = useText();
  const { gateway } = useLiveState();
  const { dataUpdatedAt } = useStatus();
  const isUp = gateway === 'up';
  return (
    <p className={css['foot']}>
      <i className={classes(css['pulse'], !isUp && css['pulseOff'])} aria-hidden="true" />
      {isUp ? text.shell.gatewayUp : text.shell.gatewayDown}
      <br />
      <span>
        {isUp ? text.shell.answered(ageText(text, Math.max(0, Date.now() - dataUpdatedAt))) : text.shell.notAnswering}
      </span>
    </p>
  );
}

/** Five tabs below, on a phone. */
export function BottomTabs({ location }: { readonly location: string }): ReactNode {
  const text = useText();
  return (
    <nav className={css['tabs']} aria-label={text.shell.tabs}>
      {tabEntries.map((page) => (
        <Link
          key={page.key}
          href={page.href}
          className={css['tab']}
          aria-current={isAt(location, page.href) ? 'page' : undefined}
        >
          <Icon name={page.icon} />
          {text.pages[page.key]}
          {page.key === 'orders' && <UnknownBadge />}
        </Link>
      ))}
    </nav>
  );
}
