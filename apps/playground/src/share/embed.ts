/** The HTML that shows one tab within another page: its state, without the header. */
export function embedCode(address: string, title: string, height: number): string {
  const attributes = Object.entries({
    src: address,
    title: `tapegrad: ${title}`,
    width: '100%',
    height: String(height),
    loading: 'lazy',
    allow: 'clipboard-write',
    style: 'border: 0',
  });
  return `<iframe ${attributes.map(([name, value]) => `${name}="${escaped(value)}"`).join(' ')}></iframe>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
