import { expect, test } from 'vitest';
import { html } from './html.ts';

test('text that is put in is escaped, markup is not, and of a list each part', () => {
  const name = `<script>alert("1")</script> & 'more'`;
  const page = html`<p title="${name}">${name}</p>${[html`<b>${1}</b>`, '<i>']}`;
  const text = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;';
  expect(String(page)).toBe(`<p title="${text}">${text}</p><b>1</b>&lt;i&gt;`);
});
