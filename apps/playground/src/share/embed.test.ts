import { expect, test } from 'vitest';
import { embedCode } from './embed.ts';

test('the code of a frame has the address with all its state, as HTML wants it', () => {
  expect(embedCode('https://example.org/lab/#steps?logits=3,1&language=zh&embed=1', '“逐步” "推演"', 700)).toBe(
    '<iframe src="https://example.org/lab/#steps?logits=3,1&amp;language=zh&amp;embed=1" ' +
      'title="tapegrad: “逐步” &quot;推演&quot;" width="100%" height="700" loading="lazy" allow="clipboard-write" ' +
      'style="border: 0"></iframe>',
  );
});
