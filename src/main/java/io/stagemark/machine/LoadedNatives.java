package io.stagemark.machine;

import io.stagemark.data.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
   * @param known digests of an earlier process by name, size and time of change; read, added to and
   *     written, so that half a gigabyte of libtorch is read once a run
   */
  public static Map<String, String> digests(SystemFiles files, Path known) throws IOException {
    Properties cache = new Properties();
    if (Files.isRegularFile(known)) {
      try (var in = Files.newBufferedReader(known)) {
        cache.load(in);
      }
    }
    int before = cache.size();
    Map<String, String> digests = new TreeMap<>();
    for (Path library : libraries(files)) {
      String name = String.valueOf(library.getFileName());
      String key =
          "%s/%d/%d"
              .formatted(name, Files.size(library), Files.getLastModifiedTime(library).toMillis());
      String digest = cache.getProperty(key);
      if (digest == null) {
        digest = Sha256.of(library);
        cache.setProperty(key, digest);
      }
      digests.put(name, digest);
    }
    if (cache.size() > before) {
      try (var out = Files.newBufferedWriter(known)) {
        cache.store(out, null);
      }
    }
    return digests;
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
