package io.stagemark.machine;

import io.stagemark.data.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The native libraries that this process has loaded, by file name, with the digest of each file:
 * from {@code /proc/self/maps}. The JVM's own are left out: its version says what they are.
 */
public final class LoadedNatives {
  private LoadedNatives() {}

  /**
   * Returns digests by file name; none where the system does not report them.
   *
   * @param known digests that earlier processes read, by what the file system says of the file;
   *     added to, so that half a gigabyte of libtorch is read once
   */
  public static Map<String, String> digests(SystemFiles files, Properties known)
      throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Path library : libraries(files)) {
      Optional<String> stamp = stamp(library);
      String digest = stamp.map(known::getProperty).orElse(null);
      if (digest == null) {
        digest = Sha256.of(library);
        if (stamp.isPresent()) {
          known.setProperty(stamp.get(), digest);
        }
      }
      digests.put(String.valueOf(library.getFileName()), digest);
    }
    return digests;
  }

  /** Returns a file as a key; empty where an equal one would not prove that nothing changed. */
  private static Optional<String> stamp(Path library) throws IOException {
    Instant now = Instant.now();
    return FileStamp.of(library)
        .filter(it -> it.isSettledAt(now))
        .map(it -> library + " " + new TreeMap<>(it.attributes()));
  }

  private static List<Path> libraries(SystemFiles files) {
    Path jvm = Path.of(System.getProperty("java.home")).toAbsolutePath().normalize();
    return files
        .text("proc/self/maps")
        .orElse("")
        .lines()
        // address, permissions, offset, device, inode, and then the path, which may hold blanks
        .map(line -> line.split("\\s+", 6))
        .filter(words -> words.length == 6 && words[5].matches("/.*\\.so(\\.[0-9.]+)?"))
        .map(words -> Path.of(words[5]))
        .distinct()
        .filter(path -> !real(path).startsWith(real(jvm)) && Files.isReadable(path))
        .toList();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }
}
