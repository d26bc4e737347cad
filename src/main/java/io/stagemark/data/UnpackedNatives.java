package io.stagemark.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * Native libraries that a jar holds, unpacked once for every process of an installation: each trial
 * is a JVM of its own, and unpacking 94 MB took a tenth of a short one.
 *
 * <p>A file is used if its size and its CRC-32 are those that the jar states.
 */
public final class UnpackedNatives {
  /** The property that names the folder; without it each process unpacks what it needs. */
  public static final String FOLDER = "stagemark.natives";

  private static final int CHUNK_BYTES = 1 << 18;

  private UnpackedNatives() {}

  /**
   * Unpacks libraries that must be in one folder, unless they are there.
   *
   * @param jar a class of the jar
   * @param resources folder in the jar, such as {@code /ai/onnxruntime/native/linux-x64}
   * @param names of the files in it
   * @return the folder that holds them; empty where no folder is named or it cannot be written to,
   *     or where a file is not in a jar: the library has its own way then
   */
  public static Optional<Path> of(Class<?> jar, String resources, List<String> names) {
    String folder = System.getProperty(FOLDER, "");
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      CRC32 key = new CRC32();
      for (String name : names) {
        Optional<JarEntry> entry = entry(jar, resources + "/" + name);
        if (entry.isEmpty()) {
          return Optional.empty();
        }
        key.update((name + " " + entry.get().getCrc() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      Path into = Path.of(folder).resolve("%08x".formatted(key.getValue()));
      for (String name : names) {
        unpack(jar, resources + "/" + name, Files.createDirectories(into).resolve(name));
      }
      return Optional.of(into);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<JarEntry> entry(Class<?> jar, String resource) throws IOException {
    URL url = jar.getResource(resource);
    return url != null && url.openConnection() instanceof JarURLConnection connection
        ? Optional.ofNullable(connection.getJarEntry())
        : Optional.empty();
  }

  /** Another process may do the same at the same time: each renames a whole file into place. */
  private static void unpack(Class<?> jar, String resource, Path file) throws IOException {
    JarEntry entry = entry(jar, resource).orElseThrow(() -> new IOException(resource));
    if (isWhole(file, entry)) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + "." + TemporaryFiles.random());
    try {
      try (InputStream in = jar.getResourceAsStream(resource)) {
        Files.copy(in, part);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static boolean isWhole(Path file, JarEntry entry) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
      return false;
    }
    CRC32 crc = new CRC32();
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
        crc.update(chunk, 0, read);
      }
    }
    return crc.getValue() == entry.getCrc();
  }
}
