import { TapegradError } from '@tapegrad/core';

/** A file that is not IDX, is cut short, runs on too long, or holds another shape or element type than was asked for. */
export class IdxError extends TapegradError {
  override readonly code = 'IDX';
}

/** A gzip stream that is cut short, damaged, or unpacks to more than it may. */
export class GzipError extends TapegradError {
  override readonly code = 'GZIP';
}

/** A file whose content is not, byte for byte, the one asked for. */
export class ChecksumError extends TapegradError {
  override readonly code = 'CHECKSUM';
}

/** A folder or a file that should be there and is not, or cannot be read. */
export class MissingFileError extends TapegradError {
  override readonly code = 'MISSING_FILE';
}

/** A file that none of the mirrors could give. */
export class DownloadError extends TapegradError {
  override readonly code = 'DOWNLOAD';
}
