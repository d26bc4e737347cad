package io.stagemark.run;

import io.stagemark.machine.LoadedNatives;
import io.stagemark.machine.SystemFiles;
import io.stagemark.report.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which native libraries a trial had loaded, left by the trial in its folder: a child unpacks some
 * of them there, and they are gone with it.
 *
 * @param byFile SHA-256 by file name
 */
record NativeDigests(Map<String, String> byFile) {
  private static final String FILE = "natives.json";

  /** Digests of the run so far, beside the trials' folders. */
  private static final String KNOWN = "natives.properties";

  /** Writes what this process has loaded; call it when everything is measured. */
  static void write(Path trialFolder) throws IOException {
    Path known = trialFolder.toAbsolutePath().resolveSibling(KNOWN);
    ResultFiles.write(
        trialFolder.resolve(FILE),
        new NativeDigests(LoadedNatives.digests(SystemFiles.ofThisMachine(), known)));
  }

  /** Returns what a trial left; nothing if it left nothing. */
  static Map<String, String> read(Path trialFolder) throws IOException {
    Path file = trialFolder.resolve(FILE);
    return Files.isRegularFile(file)
        ? ResultFiles.read(file, NativeDigests.class).byFile()
        : Map.of();
  }
}
