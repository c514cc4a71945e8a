import type { DataFile, DatasetDescription } from './description.ts';
import { idxHalves } from './idxHalves.ts';

/** Length and SHA-256 of the four files as they are served, in the order of {@link kinOfMnist}. */
type Published = readonly (readonly [bytes: number, sha256: string])[];

/** The files of a dataset made to replace MNIST: the same names, shapes and numbers of images. */
function kinOfMnist(published: Published) {
  const [trainImages, trainLabels, testImages, testLabels] = published.map(([bytes, sha256]) => ({ bytes, sha256 }));
  const images = (name: string, count: number, gzip: DataFile['gzip']): DataFile => ({
    name: `${name}-images-idx3-ubyte`,
    bytes: 16 + count * 28 * 28,
    shape: [count, 28, 28],
    gzip,
  });
  const labels = (name: string, count: number, gzip: DataFile['gzip']): DataFile => ({
    name: `${name}-labels-idx1-ubyte`,
    bytes: 8 + count,
    shape: [count],
    gzip,
  });
  return {
    trainImages: images('train', 60_000, trainImages),
    trainLabels: labels('train', 60_000, trainLabels),
    testImages: images('t10k', 10_000, testImages),
    testLabels: labels('t10k', 10_000, testLabels),
  };
}

const fashionFiles = kinOfMnist([
  [26_421_880, '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84'],
  [29_515, 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845'],
  [4_422_102, '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073'],
  [5_148, '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5'],
]);

const fashionClasses = [
  'T-shirt/top',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];

/** Fashion-MNIST: Xiao, Rasul and Vollgraf, 2017, arXiv 1708.07747. Checksums of the files that Zalando serves. */
export const fashionMnist: DatasetDescription = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  classes: fashionClasses,
  imageShape: [1, 28, 28],
  files: Object.values(fashionFiles),
  mirrors: [
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
    'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/',
  ],
  layouts: ['fashion-mnist', 'FashionMNIST/raw'],
  read: idxHalves(fashionFiles, { title: 'Fashion-MNIST', classes: fashionClasses }),
};

const kmnistFiles = kinOfMnist([
  [18_165_135, '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4'],
  [29_497, 'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17'],
  [3_041_136, 'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5'],
  [5_120, '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c'],
]);

const kmnistClasses = ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'];

/** Kuzushiji-MNIST: Clanuwat and others, 2018, arXiv 1812.01718. Checksums of the files that CODH serves. */
export const kmnist: DatasetDescription = {
  name: 'kmnist',
  title: 'KMNIST',
  classes: kmnistClasses,
  imageShape: [1, 28, 28],
  files: Object.values(kmnistFiles),
  mirrors: ['https://codh.rois.ac.jp/kmnist/dataset/kmnist/'],
  layouts: ['kmnist', 'KMNIST/raw'],
  read: idxHalves(kmnistFiles, { title: 'KMNIST', classes: kmnistClasses }),
};
