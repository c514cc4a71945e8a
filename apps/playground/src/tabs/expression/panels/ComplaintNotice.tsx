import { faultInWords } from '@tapegrad/expression';
import type { JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { Notice } from '../../../parts/Notice.tsx';
import { LanguageContext, useWords } from '../../../words/words.ts';
import type { Complaint } from '../compute/look.ts';
import { words } from '../words.ts';

/** What is wrong, in the reader's language, and the part of the text that is meant. */
export function ComplaintNotice({
  id,
  complaint,
}: {
  readonly id: string;
  readonly complaint: Complaint;
}): JSX.Element {
  const said = useWords(words);
  const language = useContext(LanguageContext);
  const { text, original } = faultInWords(complaint.error, language);
  const { start, end, text: whole } = complaint.error;
  return (
    <Notice kind="error">
      <div id={id}>
        <p>
          {complaint.name !== undefined && `${said.inValue(complaint.name)} `}
          {text} {original !== null && <span lang="en">{original}</span>}
        </p>
        {whole.trim() !== '' && (
          <p class="expression-marked">
            <code>
              {whole.slice(0, start)}
              <mark>{whole.slice(start, end) || '␣'}</mark>
              {whole.slice(end)}
            </code>
          </p>
        )}
      </div>
    </Notice>
  );
}
