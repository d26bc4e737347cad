package io.stagemark.trial;

import io.stagemark.data.UnpackedNatives;
import io.stagemark.machine.LoadedNatives;
import io.stagemark.machine.SystemFiles;
import io.stagemark.output.NewFile;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The native libraries that a trial had loaded. The trial writes them to its folder, since a child
 * unpacks some of them and deletes them when it ends.
 *
 * @param byFile SHA-256 by file name
 */
public record NativeDigests(Map<String, String> byFile) {
  private static final String FILE = "natives.json";

  /** Digests that earlier trials of this installation read, in the folder of its libraries. */
  private static final String KNOWN = "digests.properties";

  /** Writes what this process has loaded; call it when everything is measured. */
  static void write(Path trialFolder) throws IOException {
    Optional<Path> file =
        Optional.of(System.getProperty(UnpackedNatives.FOLDER, ""))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, KNOWN));
    Properties known = new Properties();
    if (file.filter(Files::isReadable).isPresent()) {
      try (var in = Files.newBufferedReader(file.get())) {
        known.load(in);
      } catch (IllegalArgumentException e) {
        known.clear(); // damaged: read anew
      }
    }
    int before = known.size();
    Map<String, String> digests = LoadedNatives.digests(SystemFiles.ofThisMachine(), known);
    if (file.isPresent() && known.size() > before) {
      keep(known, file.get());
    }
    ResultFiles.write(trialFolder.resolve(FILE), new NativeDigests(digests));
  }

  private static void keep(Properties known, Path file) throws IOException {
    StringWriter text = new StringWriter();
    known.store(text, null);
    try {
      NewFile.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return; // an installation that cannot be written to: the next trial reads them again
    }
  }

  /** Returns what a trial wrote; empty if it wrote nothing. */
  public static Map<String, String> read(Path trialFolder) throws IOException {
    Path file = trialFolder.resolve(FILE);
    return Files.isRegularFile(file)
        ? ResultFiles.read(file, NativeDigests.class).byFile()
        : Map.of();
  }
}
