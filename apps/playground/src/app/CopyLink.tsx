import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { wholeAddress } from '../address/shownAddress.ts';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

/** Copies the address with the whole state of the tab and the language: how a teacher hands an example on. */
export function CopyLink(): JSX.Element {
  const words = useWords(shellWords);
  const [outcome, setOutcome] = useState<'share' | 'copied' | 'notCopied'>('share');
  useEffect(() => {
    if (outcome === 'share') return;
    const timer = setTimeout(() => setOutcome('share'), 2500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(wholeAddress());
      setOutcome('copied');
    } catch {
      setOutcome('notCopied');
    }
  };
  return (
    <button type="button" onClick={copy}>
      <span aria-live="polite">{words[outcome]}</span>
    </button>
  );
}
