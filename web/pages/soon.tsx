import type { ReactNode } from 'react';
import { useText } from '../data/preferences.tsx';
import { Card } from '../parts/card.tsx';
import { PageHead } from '../parts/hero.tsx';
import { Empty } from '../parts/panel.tsx';
import type { Strings } from '../strings.ko.ts';

export type SoonKey = keyof Strings['soon']['says'];

/** A page of a later version: says what it will do and where that is found today. */
export function SoonPage({ page }: { readonly page: SoonKey }): ReactNode {
  const { pages, soon } = useText();
  return (
    <>
      <PageHead title={pages[page]} />
      <Card title={soon.title}>
        <Empty title="" says={soon.says[page]} action={{ href: '/', label: soon.home }} />
      </Card>
    </>
  );
}

export function MissingPage(): ReactNode {
  const { soon } = useText();
  return (
    <>
      <PageHead title={soon.missing} />
      <Card title={soon.missing} isTitleHidden>
        <Empty title="" says={soon.missingSays} action={{ href: '/', label: soon.home }} />
      </Card>
    </>
  );
}
