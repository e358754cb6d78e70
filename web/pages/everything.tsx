import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { post } from '../data/api.ts';
import { usePreferences } from '../data/preferences.tsx';
import { Button } from '../parts/button.tsx';
import { Card } from '../parts/card.tsx';
import { classes } from '../parts/classes.ts';
import { PageHead } from '../parts/hero.tsx';
import { Icon } from '../parts/icon.tsx';
import layout from '../parts/layout.module.css';
import { Segmented } from '../parts/segmented.tsx';
import { pageGroups } from '../shell/pages.ts';
import css from './everything.module.css';

/** Every screen by group, and how this browser shows them. */
export function EverythingPage(): ReactNode {
  const { text } = usePreferences();
  return (
    <>
      <PageHead title={text.pages.all} />
      <div className={layout['stack']}>
        {pageGroups.map((group) => (
          <Card key={group.key} title={text.shell.groups[group.key]}>
            <ul className={css['pages']}>
              {group.pages.map((page) => (
                <li key={page.key}>
                  <Link className={classes(css['page'], !page.isReady && css['later'])} href={page.href}>
                    <Icon name={page.icon} />
                    {text.pages[page.key]}
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        ))}
        <DisplayCard />
      </div>
    </>
  );
}

function DisplayCard(): ReactNode {
  const { text, language, rise, choose } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const leave = (): void => {
    post('/api/logout', {}).then(
      (answer) => client.setQueryData(['session'], answer),
      () => client.invalidateQueries({ queryKey: ['session'] }),
    );
  };
  return (
    <Card title={text.shell.settings}>
      <dl className={css['settings']}>
        <dt>{text.language.pick}</dt>
        <dd>
          <Segmented
            label={text.language.pick}
            value={language}
            options={[
              { value: 'ko', label: '한국어', lang: 'ko' },
              { value: 'en', label: 'English', lang: 'en' },
            ]}
            onChange={(language) => choose({ language })}
          />
        </dd>
        <dt>{text.shell.scheme}</dt>
        <dd>
          <Segmented
            label={text.shell.scheme}
            value={colorScheme}
            options={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: text.shell.schemes[value] }))}
            onChange={setColorScheme}
          />
        </dd>
        <dt>{text.shell.risePick}</dt>
        <dd>
          <Segmented
            label={text.shell.risePick}
            value={rise}
            options={(['red', 'green'] as const).map((value) => ({ value, label: text.shell.rises[value] }))}
            onChange={(rise) => choose({ rise })}
          />
        </dd>
      </dl>
      <p className={css['foot']}>
        <Button size="s" onClick={leave}>
          {text.shell.leave}
        </Button>
        <span>{text.shell.chartCredit}</span>
      </p>
    </Card>
  );
}
