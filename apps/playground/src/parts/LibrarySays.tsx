import type { JSX } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { explained } from '../words/library.ts';
import { shellWords } from '../words/shell.ts';
import { LanguageContext, useWords } from '../words/words.ts';

interface LibrarySaysProps {
  /** The code of an error or a warning; it has none where no library threw it. */
  readonly code: string | undefined;
  /** In the words of the library, which are English. */
  readonly text: string;
}

/** An error or a warning as a teacher puts it, in the language of the page, with the library's own words to be unfolded. */
export function LibrarySays({ code, text }: LibrarySaysProps): JSX.Element {
  const words = useWords(shellWords);
  const language = useContext(LanguageContext);
  const [tell, setTell] = useState<{ explained: typeof explained } | undefined>();
  useEffect(() => {
    let isCurrent = true;
    import('../words/library.ts').then(
      (loaded) => isCurrent && setTell(loaded),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return (
    <>
      {tell && <p>{tell.explained(code, text)[language]}</p>}
      <details class="library-words">
        <summary>{words.ownWords}</summary>
        <p lang="en">{text}</p>
      </details>
    </>
  );
}
