import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { writeWaiting } from '../address/shownAddress.ts';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { groupNames, type TabName, tabGroups } from './tabs.ts';

/**
 * The way to the tabs: one row, by groups, that scrolls where it is longer than the page and never breaks. A button opens it
 * to a list of all, so that what scrolls out of sight is found.
 */
export function Navigation({ tab }: { readonly tab: TabName }): JSX.Element {
  const words = useWords(shellWords);
  const row = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => {
    setOpen(false);
    const link = row.current?.querySelector<HTMLElement>('[aria-current]');
    if (row.current && link)
      row.current.scrollLeft = link.offsetLeft - (row.current.clientWidth - link.offsetWidth) / 2;
  }, [tab, words]);
  return (
    <nav aria-label={words.sections} class={isOpen ? 'open' : ''}>
      <button type="button" class="nav-all" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true">☰</span> {words.all}
      </button>
      <div class="nav-row" ref={row}>
        {groupNames.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: links, and no fields to fill in
          <div key={group} class="nav-group" role="group" aria-label={words[group]}>
            <span class="nav-name" aria-hidden="true">
              {words[group]}
            </span>
            {tabGroups[group].map((name) => (
              // The address of a tab leads to its link, so that a tab begins at the top of the page.
              <a
                key={name}
                id={name}
                href={`#${name}`}
                aria-current={name === tab ? 'page' : undefined}
                onClick={writeWaiting}
              >
                {words[name]}
              </a>
            ))}
          </div>
        ))}
      </div>
    </nav>
  );
}
