package io.stagemark.trial;

import io.stagemark.machine.LoadedNatives;
import io.stagemark.machine.SystemFiles;
import io.stagemark.output.NewFile;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The native libraries that a trial had loaded. The trial writes them to its folder, since a child
 * unpacks some of them and deletes them when it ends.
 *
 * @param byFile SHA-256 by file name
 */
public record NativeDigests(Map<String, String> byFile) {
  private static final String FILE = "natives.json";

  /** Digests of the run so far: the parent puts those of one trial into the next one's folder. */
  private static final String KNOWN = "natives.properties";

  /** Writes what this process has loaded; call it when everything is measured. */
  static void write(Path trialFolder) throws IOException {
    ResultFiles.write(
        trialFolder.resolve(FILE),
        new NativeDigests(
            LoadedNatives.digests(SystemFiles.ofThisMachine(), trialFolder.resolve(KNOWN))));
  }

  /** Returns the digests that a trial wrote; empty if it wrote none. */
  public static Optional<byte[]> readKnown(Path trialFolder) throws IOException {
    Path file = trialFolder.resolve(KNOWN);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Files.readAllBytes(file))
        : Optional.empty();
  }

  /** Passes digests to a trial before it begins. */
  public static void writeKnown(Path trialFolder, byte[] known) throws IOException {
    NewFile.replace(trialFolder.resolve(KNOWN), known);
  }

  /** Returns what a trial wrote; empty if it wrote nothing. */
  public static Map<String, String> read(Path trialFolder) throws IOException {
    Path file = trialFolder.resolve(FILE);
    return Files.isRegularFile(file)
        ? ResultFiles.read(file, NativeDigests.class).byFile()
        : Map.of();
  }
}
