import type { JSX } from 'preact';
import { shellWords } from '../words/shell.ts';
import { type Language, useWords } from '../words/words.ts';
import { CopyLink } from './CopyLink.tsx';
import { Navigation } from './Navigation.tsx';
import { ShareButton } from './ShareButton.tsx';
import type { TabName } from './tabs.ts';
import { type Theme, themes } from './theme.ts';

interface HeaderProps {
  readonly tab: TabName;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

/** What stands above every tab: the name, the way to the other tabs, and the reader's settings. */
export function Header({ tab, language, onLanguage, theme, onTheme }: HeaderProps): JSX.Element {
  const words = useWords(shellWords);
  return (
    <header>
      <div class="masthead">
        <div>
          <p class="brand">tapegrad</p>
          <p class="motto">{words.motto}</p>
        </div>
        <div class="settings">
          <CopyLink />
          <ShareButton tab={tab} />
          <button type="button" lang={language === 'en' ? 'zh-Hans' : 'en'} onClick={() => onLanguage(other(language))}>
            {language === 'en' ? '中文' : 'English'}
          </button>
          <label>
            <span class="unseen">{words.theme}</span>
            <select value={theme} onChange={({ currentTarget }) => onTheme(themeOf(currentTarget.value))}>
              {themes.map((one) => (
                <option key={one} value={one}>
                  {words[one]}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <Navigation tab={tab} />
    </header>
  );
}

const other = (language: Language): Language => (language === 'en' ? 'zh' : 'en');
const themeOf = (name: string): Theme => themes.find((theme) => theme === name) ?? 'auto';
