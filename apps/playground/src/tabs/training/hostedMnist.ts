/** The files of MNIST as they are published. */
const files = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'].map(
  (name) => `${name}-ubyte.gz`,
);

/** Where the host of this page has MNIST, as its `<meta name="tapegrad-mnist">` says; nothing where it has none. */
export function hostedMnist(): string | undefined {
  const address = document.querySelector<HTMLMetaElement>('meta[name="tapegrad-mnist"]')?.content.trim();
  return address ? new URL(`${address.replace(/\/$/, '')}/`, document.baseURI).href : undefined;
}

/**
 * The four files of MNIST from there, gzipped.
 *
 * @throws Error when one of them is not there
 */
export async function fetchMnist(address: string): Promise<File[]> {
  return Promise.all(
    files.map(async (file) => {
      const response = await fetch(new URL(file, address));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      return new File([await response.blob()], file);
    }),
  );
}
