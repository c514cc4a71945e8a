import type { ComponentChildren, ComponentType, JSX } from 'preact';
import { Component } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { type TabName, tabs } from './tabs.ts';

/** Loads a tab and shows it; says so where that fails, with the way out. */
export function Stage({ tab }: { readonly tab: TabName }): JSX.Element {
  const words = useWords(shellWords);
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<{ Tab: ComponentType } | 'failed' | undefined>();
  useEffect(() => {
    let isCurrent = true;
    setLoaded(undefined);
    tabs[tab]().then(
      (Tab) => isCurrent && setLoaded({ Tab }),
      () => isCurrent && setLoaded('failed'),
    );
    return () => {
      isCurrent = false;
    };
  }, [tab, attempt]);

  if (loaded === undefined) return <p class="loading">{words.loading}</p>;
  if (loaded === 'failed') return <Failed onAgain={() => setAttempt(attempt + 1)} />;
  return (
    <Guard fallback={<Failed onAgain={() => location.reload()} />}>
      <loaded.Tab />
    </Guard>
  );
}

function Failed({ onAgain }: { readonly onAgain: () => void }): JSX.Element {
  const words = useWords(shellWords);
  return (
    <div class="notice" role="alert">
      <p>{words.failed}</p>
      <button type="button" onClick={onAgain}>
        {words.again}
      </button>
    </div>
  );
}

interface GuardProps {
  readonly fallback: JSX.Element;
  readonly children: ComponentChildren;
}

/** Keeps an error of one tab from taking the page with it. */
class Guard extends Component<GuardProps, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static override getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render(): ComponentChildren {
    return this.state.error === undefined ? this.props.children : this.props.fallback;
  }
}
