import type { JSX } from 'preact';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';
import { WorkerFailure } from '../worker/connect.ts';
import { workerCode } from '../worker/protocol.ts';
import { LibrarySays } from './LibrarySays.tsx';
import { Notice } from './Notice.tsx';

interface FailureNoticeProps {
  readonly failure: Error;
  /** Asks once more. */
  readonly onAgain: () => void;
}

/** Why there is no new answer: the worker is gone, and can be asked again, or the library refuses what it was given. */
export function FailureNotice({ failure, onAgain }: FailureNoticeProps): JSX.Element {
  const words = useWords(shellWords);
  const code = failure instanceof WorkerFailure ? failure.code : undefined;
  return (
    <Notice kind="error">
      {code === workerCode ? (
        <>
          <p>{words.noWorker}</p>
          <button type="button" onClick={onAgain}>
            {words.again}
          </button>
        </>
      ) : (
        <LibrarySays code={code} text={failure.message} />
      )}
    </Notice>
  );
}
