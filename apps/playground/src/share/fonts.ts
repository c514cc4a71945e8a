/** The fonts of formulas that a drawing is set in, as a style sheet that holds them: a picture loads nothing. */
export async function fontFaces(drawing: string): Promise<string> {
  const used = new Set([...drawing.matchAll(/KaTeX_\w+/g)].map(([family]) => family));
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const faces = rules.filter(
    (rule): rule is CSSFontFaceRule =>
      rule instanceof CSSFontFaceRule && used.has(rule.style.getPropertyValue('font-family').replace(/["']/g, '')),
  );
  const written = await Promise.all(faces.map(faceOf));
  return written.length === 0 ? '' : `<style>${written.join('')}</style>`;
}

async function faceOf(rule: CSSFontFaceRule): Promise<string> {
  const address = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
  if (address === undefined) return '';
  const response = await fetch(new URL(address, rule.parentStyleSheet?.href ?? document.baseURI));
  const bytes = new Uint8Array(await response.arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const said = ['font-family', 'font-weight', 'font-style']
    .map((name) => `${name}:${rule.style.getPropertyValue(name).replaceAll('"', "'") || 'normal'}`)
    .join(';');
  return `@font-face{${said};src:url(data:font/woff2;base64,${base64})}`;
}
