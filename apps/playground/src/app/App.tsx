import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { readAddress } from '../address/address.ts';
import { addressWith, frameAddress, wholeAddress, writeWaiting } from '../address/shownAddress.ts';
import { shellWords } from '../words/shell.ts';
import { type Language, LanguageContext, preferredLanguage } from '../words/words.ts';
import { Header } from './Header.tsx';
import { Stage } from './Stage.tsx';
import { recall, remember, said } from './settings.ts';
import { tabOf } from './tabs.ts';
import { applyTheme, type Theme } from './theme.ts';

/** Whether the page is shown within another, which wants one tab and no header. */
const isEmbedded = said('embed') === '1';

/** The whole page: who reads it in which language and colours, and which tab is open. */
export function App(): JSX.Element {
  const [language, setLanguage] = useState<Language>(
    () => recall('language') ?? preferredLanguage(navigator.languages),
  );
  const [theme, setTheme] = useState<Theme>(() => recall('theme') ?? 'auto');
  const [tab, setTab] = useState(() => tabOf(readAddress(location.hash).tab));
  const words = shellWords[language];

  // Before the browser paints: the page never shows in the other colours first, and a choice is kept even if the page is left
  // at once.
  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
    document.title = `${words[tab]} · ${words.title}`;
    frameAddress({ language, ...(isEmbedded && { embed: '1' }) });
    remember('language', language);
  }, [language, tab, words]);
  useLayoutEffect(() => {
    applyTheme(theme);
    remember('theme', theme);
  }, [theme]);
  useEffect(() => {
    const follow = (): void => {
      setTab(tabOf(readAddress(location.hash).tab));
      if (said('language')) setLanguage((before) => recall('language') ?? before);
    };
    addEventListener('hashchange', follow);
    addEventListener('pagehide', writeWaiting);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('pagehide', writeWaiting);
    };
  }, []);

  const chooseLanguage = (chosen: Language): void => {
    setLanguage(chosen);
    frameAddress({ language: chosen, ...(isEmbedded && { embed: '1' }) });
    wholeAddress();
  };
  const stage = (
    <main id="content" tabIndex={-1}>
      <Stage key={tab} tab={tab} />
    </main>
  );
  return (
    <LanguageContext.Provider value={language}>
      {isEmbedded ? (
        <>
          {stage}
          <p class="embedded-foot">
            <a
              href={location.href}
              target="_blank"
              rel="noopener"
              onClick={({ currentTarget }) => {
                currentTarget.href = addressWith({ language });
              }}
            >
              {words.whole}
            </a>
          </p>
        </>
      ) : (
        <>
          <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
            {words.skip}
          </button>
          <Header tab={tab} language={language} onLanguage={chooseLanguage} theme={theme} onTheme={setTheme} />
          {stage}
          <footer>{words.computed}</footer>
        </>
      )}
    </LanguageContext.Provider>
  );
}
