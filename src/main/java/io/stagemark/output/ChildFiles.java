package io.stagemark.output;

import java.util.regex.Pattern;

/**
 * Names of the files that a trial's JVM writes into the folder that it was given. They count only
 * in a folder that the list says was made for it, and only until the list has the files themselves:
 * a run that was killed had no time to list them.
 */
final class ChildFiles {
  /** The folder for temporary files in it; engines unpack their native libraries there. */
  static final String SCRATCH = "tmp";

  private static final Pattern ONE =
      Pattern.compile(
          "(request|outcome|natives|operators|failure|block)\\.json|natives\\.properties"
              + "|(stdout|stderr|hs_err)\\.log|(samples|load)\\.npy|example\\d+-output\\d+\\.npy"
              + "|phase|causes\\.jfr|classpath\\.jar|programmable-\\d+\\.bin");

  private ChildFiles() {}

  static boolean isOne(String name) {
    return ONE.matcher(name).matches() || NewFile.isPart(name);
  }
}
