import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { readAddress } from '../address/address.ts';
import { shellWords } from '../words/shell.ts';
import { type Language, LanguageContext, preferredLanguage } from '../words/words.ts';
import { Header } from './Header.tsx';
import { Stage } from './Stage.tsx';
import { recall, remember } from './settings.ts';
import { tabOf } from './tabs.ts';
import { applyTheme, type Theme } from './theme.ts';

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
    remember('language', language);
  }, [language, tab, words]);
  useLayoutEffect(() => {
    applyTheme(theme);
    remember('theme', theme);
  }, [theme]);
  useEffect(() => {
    const follow = (): void => setTab(tabOf(readAddress(location.hash).tab));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  return (
    <LanguageContext.Provider value={language}>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        {words.skip}
      </button>
      <Header tab={tab} language={language} onLanguage={setLanguage} theme={theme} onTheme={setTheme} />
      <main id="content" tabIndex={-1}>
        <Stage key={tab} tab={tab} />
      </main>
      <footer>{words.computed}</footer>
    </LanguageContext.Provider>
  );
}
