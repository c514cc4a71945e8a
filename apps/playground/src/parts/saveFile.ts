/** Hands a file to the reader, as a download. */
export function saveFile(name: string, bytes: Blob | Uint8Array<ArrayBuffer>): void {
  const blob = bytes instanceof Blob ? bytes : new Blob([bytes], { type: 'application/octet-stream' });
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not at once: a browser that asks where to save a file reads it later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Hands a text to the reader, as a download. */
export function saveText(name: string, text: string, type = 'text/plain'): void {
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));
}
