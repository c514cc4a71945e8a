import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { TrainTest } from '../dataset/dataset.ts';
import { MissingFileError } from '../errors.ts';
import { type ReadPicturesOptions, readParts, readPicturesOptions } from './pictures/readParts.ts';

/** How {@link trainTestFolder} reads. */
export interface TrainTestFolderOptions extends ReadPicturesOptions {
  /** The folder of the pictures to learn from. Default: `train`. */
  readonly train?: string;
  /** The folder of those to be tested on. Default: `test`. */
  readonly test?: string;
}

const trainTestOptions: OptionNames<TrainTestFolderOptions> = {
  ...readPicturesOptions,
  train: 'optional',
  test: 'optional',
};

/**
 * Both halves of a dataset out of a folder, or an archive, that has a folder `train` and a folder `test`, each with one folder for
 * each class, as `imageFolder` reads them. An archive is read once for both. Both halves have the same size and number of channels.
 *
 * @example const { train, test, origin } = await trainTestFolder('cifar-10-jpeg.tar.gz');
 * @throws MissingFileError when the halves do not have the same classes
 * @throws all that `imageFolder` throws
 */
export async function trainTestFolder(
  path: string,
  options: TrainTestFolderOptions = {},
  ...surplus: []
): Promise<TrainTest> {
  checkSurplus('trainTestFolder', surplus);
  const {
    name = path,
    train = 'train',
    test = 'test',
    ...others
  } = checkOptions('trainTestFolder', options, trainTestOptions);
  const parts = [train, test].map((folder) => ({ name: `${name} ${folder}`, folder }));
  const { datasets, isKept } = await readParts('trainTestFolder', path, parts, others);
  const [ofTrain, ofTest] = datasets;
  if (ofTrain.classes.join('\n') !== ofTest.classes.join('\n')) {
    const odd = [...ofTrain.classes, ...ofTest.classes].find(
      (each) => !ofTrain.classes.includes(each) || !ofTest.classes.includes(each),
    );
    throw new MissingFileError({
      operation: `trainTestFolder: ${path}`,
      got: `the class ${odd} in one of ${train} and ${test} alone`,
      wanted: 'the same classes in both',
      remedy: 'Add its pictures to the other, or take it out',
    });
  }
  const origin = `${name} from ${path}${isKept ? ', decoded before' : ''}.`;
  return { train: ofTrain, test: ofTest, origin, builtIn: false };
}
