import type { ComponentType, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ShareDialogProps } from '../share/ShareDialog.tsx';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import type { TabName } from './tabs.ts';

/** Opens what the tab can be taken away as: a frame for another page, pictures, formulas, tables, code, paper. */
export function ShareButton({ tab }: { readonly tab: TabName }): JSX.Element {
  const words = useWords(shellWords);
  const [isOpen, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<{ Dialog: ComponentType<ShareDialogProps> } | undefined>();
  const open = async (): Promise<void> => {
    const { ShareDialog } = await import('../share/ShareDialog.tsx');
    setLoaded({ Dialog: ShareDialog });
    setOpen(true);
  };
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={open}>
        {words.take}
      </button>
      {loaded && isOpen && <loaded.Dialog title={words[tab]} onClose={() => setOpen(false)} />}
    </>
  );
}
