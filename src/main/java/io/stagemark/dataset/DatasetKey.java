package io.stagemark.dataset;

/** A key of the section {@code dataset} of a config that a format may take. */
public enum DatasetKey {
  /** A folder of images: {@link DatasetSettings#path}. */
  IMAGES,
  /** A folder of other files, or a file with all examples: {@link DatasetSettings#path}. */
  PATH,
  /**
   * A file that describes the examples, or a folder of such files: {@link
   * DatasetSettings#annotations}.
   */
  ANNOTATIONS,
  /** A folder with a mask for each image: {@link DatasetSettings#truth}. */
  MASKS,
  /** A folder with a target for each example: {@link DatasetSettings#truth}. */
  TARGETS,
  /** What happens with truth of other classes: {@link DatasetSettings#unknownClasses}. */
  UNKNOWN_CLASSES
}
