import { TapegradError } from '@tapegrad/core';

/** A file that is not IDX, is cut short, runs on too long, or holds another shape or element type than was asked for. */
export class IdxError extends TapegradError {
  override readonly name = 'IdxError';
  override readonly code = 'IDX';
}

/** A gzip stream that is cut short, damaged, or unpacks to more than it may. */
export class GzipError extends TapegradError {
  override readonly name = 'GzipError';
  override readonly code = 'GZIP';
}

/** A file whose content is not, byte for byte, the one asked for. */
export class ChecksumError extends TapegradError {
  override readonly name = 'ChecksumError';
  override readonly code = 'CHECKSUM';
}

/** A folder or a file that should be there and is not, or cannot be read. */
export class MissingFileError extends TapegradError {
  override readonly name = 'MissingFileError';
  override readonly code = 'MISSING_FILE';
}

/** A file that none of the mirrors could give. */
export class DownloadError extends TapegradError {
  override readonly name = 'DownloadError';
  override readonly code = 'DOWNLOAD';
}

/** A zip or tar archive that is damaged, lacks an entry, names a path outside of itself, or unpacks to more than it may. */
export class ArchiveError extends TapegradError {
  override readonly name = 'ArchiveError';
  override readonly code = 'ARCHIVE';
}

/** A picture of another size than its neighbours, one too many, or a file that is none. */
export class PictureError extends TapegradError {
  override readonly name = 'PictureError';
  override readonly code = 'PICTURE';
}

/** A PNG picture that is damaged, or larger than it may be. */
export class PngError extends TapegradError {
  override readonly name = 'PngError';
  override readonly code = 'PNG';
}

/** A JPEG picture that is damaged, larger than it may be, or of a kind that is not read. */
export class JpegError extends TapegradError {
  override readonly name = 'JpegError';
  override readonly code = 'JPEG';
}

/** A table that is no CSV with a header, or a field of it that is not what it should be. */
export class CsvError extends TapegradError {
  override readonly name = 'CsvError';
  override readonly code = 'CSV';
}

/** A file that is not CIFAR-10 or CIFAR-100 in its binary form. */
export class CifarError extends TapegradError {
  override readonly name = 'CifarError';
  override readonly code = 'CIFAR';
}
