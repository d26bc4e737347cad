package io.stagemark.gate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A class path as a {@code java} command takes it. An entry with the separator in its name cannot
 * be written there: such a list goes into the manifest of an empty jar, as addresses.
 */
final class ClassPathText {
  private static final String JAR = "classpath.jar";

  private ClassPathText() {}

  /**
   * Returns the text.
   *
   * @param folder gets the jar, if one is needed
   * @throws IOException if the jar cannot be written, or its own name has the separator in it
   */
  static String of(List<Path> entries, Path folder) throws IOException {
    if (entries.stream().noneMatch(ClassPathText::isSplit)) {
      return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
    Path jar = folder.toAbsolutePath().resolve(JAR);
    if (isSplit(jar)) {
      throw new IOException(
          "the temporary folder has '%s' in its name, which no class path can hold: %s; set TMPDIR"
              .formatted(File.pathSeparator, jar));
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            entries.stream()
                .map(entry -> entry.toAbsolutePath().toUri().toASCIIString())
                .collect(Collectors.joining(" ")));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.finish();
    }
    return jar.toString();
  }

  private static boolean isSplit(Path entry) {
    return entry.toString().contains(File.pathSeparator);
  }
}
